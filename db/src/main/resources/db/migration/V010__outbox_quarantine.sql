-- Events that Kafka can never take (larger than the topic allows, of a type nobody knows, of an organisation that is gone).
-- The relay of the shard moves them here in its own fenced transaction, so that one bad row cannot hold up all events for
-- ever. A row here was certainly not published. Somebody looks at it and deletes it, or mends it and puts it back.
create table event_outbox_quarantine (
  id              bigint      primary key,        -- the row's id in event_outbox
  shard           smallint    not null,
  event_id        uuid        not null,
  event_type      text        not null,
  organisation_id integer     not null,
  record_key      text        not null,
  aggregate_id    text        not null,
  aggregate_seq   integer     not null,
  epoch           bigint      not null,
  payload         text        not null,
  occurred_at     timestamptz not null,
  reason          text        not null check (reason in ('TOO_LARGE', 'INVALID_RECORD', 'UNKNOWN_TYPE', 'NO_ORGANISATION')),
  relay_epoch     bigint      not null,           -- of the relay that moved it
  quarantined_at  timestamptz not null default clock_timestamp()
);
create index event_outbox_quarantine_at on event_outbox_quarantine (quarantined_at);
