-- Every state change writes its event here in its own transaction. The relay deletes a row after Kafka has it: there is no
-- high-water mark, because serial ids are taken before commit and a mark would skip late committers.
create table event_outbox (
  id              bigint      generated always as identity primary key,
  shard           smallint    not null default 0,
  event_id        uuid        not null,
  event_type      text        not null,           -- JOB, ATTEMPT, ...
  organisation_id integer     not null,
  record_key      text        not null,           -- Kafka key: the aggregate's id
  aggregate_id    text        not null,
  aggregate_seq   integer     not null,           -- rises by one per event of the aggregate
  epoch           bigint      not null,
  payload         text        not null,           -- the JSON value of the Kafka record
  occurred_at     timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 20000);
create index event_outbox_shard on event_outbox (shard, id);
-- INV-5: one event per step of an aggregate, for as long as the row waits here.
create unique index event_outbox_seq on event_outbox (event_type, aggregate_id, aggregate_seq);

create function notify_outbox() returns trigger language plpgsql as $$
begin
  notify callisto_outbox;
  return null;
end $$;
create trigger event_outbox_notify after insert on event_outbox for each statement execute function notify_outbox();
