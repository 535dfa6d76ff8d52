-- Publishing: how long events wait, what is wrong with the topics, and notices of changed settings.

-- When the row was written, by the database's clock: an event may tell of something that happened long before.
alter table event_outbox add column written_at timestamptz not null default clock_timestamp();

-- What waits to be published, measured by whichever process finds the row old; nobody owns it. While full_since is set, no
-- job is started and nothing is dialed: events are never thrown away, and the disk is not filled.
create table event_backlog (
  only_row        boolean           primary key default true check (only_row),
  outbox_rows     bigint            not null default 0,
  oldest_seconds  double precision  not null default 0,
  late_since      timestamptz,                       -- the oldest event waits for longer than the alarm's limit
  full_since      timestamptz,                       -- more rows than the limit
  row_limit       bigint            not null default 0,
  late_after_seconds double precision not null default 0,
  measured_at     timestamptz       not null default '-infinity'
);
insert into event_backlog default values;

-- What the keeper of the topics found wrong, as of its last look; replaced as a whole.
create table event_topic_report (
  subject      text         primary key,              -- a topic, or 'cluster'
  problem      text         not null,
  reported_at  timestamptz  not null default clock_timestamp()
);

-- Organisations that were deleted: only their topics may be deleted. That an organisation is not in the table is no reason:
-- it might be the wrong database.
create table organisation_removed (
  organisation_id  integer      primary key,
  removed_at       timestamptz  not null default clock_timestamp()
);
create function note_removed_organisation() returns trigger language plpgsql as $$
begin
  insert into organisation_removed (organisation_id) values (old.organisation_id)
  on conflict (organisation_id) do update set removed_at = clock_timestamp();
  return null;
end $$;
create trigger organisation_removed after delete on organisation
  for each row execute function note_removed_organisation();

create function notify_organisation() returns trigger language plpgsql as $$
begin
  notify callisto_organisation;
  return null;
end $$;
create trigger organisation_changed after insert or delete on organisation
  for each statement execute function notify_organisation();

create function notify_producer_settings() returns trigger language plpgsql as $$
begin
  notify callisto_producer_settings;
  return null;
end $$;
create trigger producer_settings_changed after insert or update or delete on pim_kafka_producer_config
  for each statement execute function notify_producer_settings();
create trigger producer_profile_changed after insert or update or delete on pim_config
  for each statement execute function notify_producer_settings();

-- What compresses a batch is the next event's likeness to the last one: larger batches take less room.
insert into pim_kafka_producer_config (profile, name, value) values ('safe-fast', 'batch.size', '131072')
on conflict do nothing;
