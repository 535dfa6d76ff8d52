-- Ownership: who may act for which scope. See docs/ARCHITECTURE.md, "Ownership".

-- One row. An epoch is (timeline << 40) | counter: when a standby is promoted its timeline rises, so every
-- epoch that an asynchronous standby may have lost is below every epoch given out after the promotion.
create table ha_db (
  singleton   boolean     primary key default true check (singleton),
  cluster_id  uuid        not null default gen_random_uuid(),
  timeline    integer     not null check (timeline > 0)
);
insert into ha_db (timeline) select timeline_id from pg_control_checkpoint();

-- One row per incarnation of a JVM that can own scopes. A restarted JVM is another incarnation.
create table ha_node (
  node_id       uuid        primary key,
  server        text        not null,
  process       text        not null,               -- 'server' in the one-JVM layout, else the service's name
  pid           bigint      not null,
  endpoints     jsonb       not null default '{}',  -- {"rule-engine": "host:port", ...}
  services      text[]      not null default '{}',
  state         text        not null check (state in ('STARTING', 'RUNNING', 'DRAINING', 'STOPPED', 'DEAD')),
  started_at    timestamptz not null default clock_timestamp(),
  heartbeat_at  timestamptz not null default clock_timestamp(),
  -- Death certificate: who saw the process end. It frees the leases at once; a wrong one costs a failover, not safety.
  died_at       timestamptz,
  certified_by  text
) with (fillfactor = 50);
create index ha_node_server on ha_node (server, process) where state <> 'DEAD';

-- Written only at takeover, share-locked by every work transaction. INV-1: after a takeover has committed no
-- transaction of a lower epoch can commit, because it must hold this row "for share" with its own epoch.
create table ha_fence (
  scope       text        primary key,
  epoch       bigint      not null check (epoch > 0),
  owner       uuid        references ha_node,
  changed_at  timestamptz not null default clock_timestamp()
) with (fillfactor = 50);

-- Written at every renewal, never locked by work: a long work transaction must not hold up a heartbeat.
create table ha_lease (
  scope       text        primary key references ha_fence on delete cascade,
  epoch       bigint      not null,
  owner       uuid        references ha_node,
  state       text        not null check (state in ('HELD', 'DRAINING', 'RELEASED')),
  ttl_millis  integer     not null check (ttl_millis between 200 and 600000),
  expires_at  timestamptz not null,
  preferred   text,                                 -- server that the administrator allocated, if any
  hold_until  timestamptz,                          -- no claim before: damps flapping
  check (state = 'RELEASED' or owner is not null)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
create index ha_lease_owner on ha_lease (owner);

-- History. INV-2: unique (scope, epoch) makes two owners of one epoch impossible.
create table ha_transition (
  scope       text        not null,
  epoch       bigint      not null,
  from_owner  uuid,
  to_owner    uuid        not null,
  reason      text        not null check (reason in ('FIRST', 'RELEASED', 'EXPIRED', 'DEATH_CERTIFICATE')),
  at          timestamptz not null default clock_timestamp(),
  primary key (scope, epoch)
);
create index ha_transition_at on ha_transition (at);

-- What the administrator wants a service of a server to be. A missing row means RUN.
create table service_wish (
  server      text        not null,
  service     text        not null,
  wish        text        not null check (wish in ('RUN', 'STOP')),
  changed_at  timestamptz not null default clock_timestamp(),
  changed_by  text        not null,
  primary key (server, service)
);

-- Orders to the owner of a scope. REST inserts, the owner applies in its own fenced transaction, NOTIFY only wakes.
create table command (
  id               bigint      generated always as identity primary key,
  scope            text        not null,
  kind             text        not null,
  payload          jsonb       not null default '{}',
  state            text        not null default 'PENDING' check (state in ('PENDING', 'APPLIED', 'REFUSED')),
  result           jsonb,
  requested_by     text        not null,
  requested_at     timestamptz not null default clock_timestamp(),
  applied_at       timestamptz,
  applied_epoch    bigint,
  idempotency_key  text,
  check ((state = 'PENDING') = (applied_at is null))
);
create index command_pending on command (scope, id) where state = 'PENDING';
create unique index command_idempotency on command (scope, idempotency_key) where idempotency_key is not null;

create function notify_command() returns trigger language plpgsql as $$
begin
  perform pg_notify('callisto_command', new.scope);
  return null;
end $$;
create trigger command_notify after insert on command for each row execute function notify_command();

create function notify_released() returns trigger language plpgsql as $$
begin
  perform pg_notify('callisto_lease', new.scope);
  return null;
end $$;
create trigger ha_lease_released after update on ha_lease for each row
  when (new.state = 'RELEASED' and old.state <> 'RELEASED') execute function notify_released();
