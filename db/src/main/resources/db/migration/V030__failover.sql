-- Failover: what an operator sees of it, what drills measure of it, and where an administrator wants roles to be.

-- Where an administrator wants a scope to be ("allocated"): 'director/1' -> s2. Also jobs: 'job/17/0'. A wish for a
-- server that is away has no effect until it is back; whether a role then moves by itself is the role's fail-back policy.
create table scope_wish (
  scope       text        primary key,
  server      text        not null references server (name),
  changed_at  timestamptz not null default clock_timestamp(),
  changed_by  text        not null
);
insert into scope_wish (scope, server, changed_by)
select l.scope, l.preferred, 'migration' from ha_lease l join server s on s.name = l.preferred;
alter table ha_lease drop column preferred;

-- Positive: the server's clock is ahead of the database's.
alter table ha_node
  add column clock_skew_millis  bigint,
  add column skew_measured_at   timestamptz,
  add column schema_version     text;

-- The course of a takeover. seen_at: the claimer found the scope free; ready_at: its duty has taken over; first_work_at:
-- it did what first_work names, such as "first call placed". All by the database's clock.
alter table ha_transition
  add column seen_at        timestamptz,
  add column ready_at       timestamptz,
  add column first_work_at  timestamptz,
  add column first_work     text;

-- The history that drills check: while record_effects is on, every fenced transaction leaves a row, written by that very
-- transaction. Off in production.
alter table ha_db add column record_effects boolean not null default false;
create table ha_effect (
  effect_id  bigint      generated always as identity primary key,
  scope      text        not null,
  epoch      bigint      not null,
  node       uuid        not null,
  at         timestamptz not null default clock_timestamp()
);
create index ha_effect_scope on ha_effect (scope, effect_id);
-- What owners of a former epoch tried and were refused; written best-effort while record_effects is on.
create table ha_refusal (
  refusal_id  bigint      generated always as identity primary key,
  scope       text        not null,
  epoch       bigint      not null,
  node        uuid        not null,
  reason      text        not null,
  at          timestamptz not null default clock_timestamp()
);

-- A node that starts, drains, stops or is declared dead: wakes whoever allocates work.
create function notify_node() returns trigger language plpgsql as $$
begin
  perform pg_notify('callisto_node', new.server);
  return null;
end $$;
create trigger ha_node_inserted after insert on ha_node for each row execute function notify_node();
create trigger ha_node_changed after update on ha_node for each row
  when (new.state <> old.state or new.services <> old.services) execute function notify_node();

-- A zone that is being deleted keeps its row until nobody owns it.
alter table zone
  add column state text not null default 'ACTIVE' check (state in ('ACTIVE', 'DELETING'));

-- The agent manager's work until agents exist: a fenced tick that proves who serves the zone.
create table zone_tick (
  zone_id  integer     primary key references zone on delete cascade,
  epoch    bigint      not null,
  ticks    bigint      not null,
  at       timestamptz not null default clock_timestamp()
);

-- Which message broker is live, as each says of itself.
create table broker_status (
  server       text        primary key,
  state        text        not null check (state in ('MASTER', 'DORMANT', 'STOPPED')),
  since        timestamptz not null default clock_timestamp(),
  reported_at  timestamptz not null default clock_timestamp()
);

-- Attempt results that a campaign's strategy wants published over JMS (POM: result processor "publish"). A row is written
-- by the transaction that completes the attempt and deleted only after the broker has acknowledged it; publication_id is
-- the duplicate-detection id. Owned by scope 'publication/0'.
create table publication (
  publication_id   bigint      generated always as identity primary key,
  organisation_id  integer     not null references organisation,
  job_id           bigint      not null,
  attempt_id       uuid        not null unique,
  body             jsonb       not null,
  attempts         integer     not null default 0,
  created_at       timestamptz not null default clock_timestamp()
);

-- Who changed what.
create table audit_entry (
  audit_id         bigint      generated always as identity primary key,
  at               timestamptz not null default clock_timestamp(),
  user_name        text        not null,
  organisation_id  integer,
  action           text        not null,
  target           text        not null,
  detail           jsonb       not null default '{}'
);
create index audit_entry_at on audit_entry (at desc);
