-- The aggregator joins the events of an attempt, its job and its agents into one result (EV-6). What it has read and what
-- it has made of it are changed in one fenced transaction, so that every event counts exactly once (INV-12).

-- How many shards there are, and how often the state was thrown away. One row. A shard whose own generation is lower
-- rebuilds itself; a server with another number of shards must not work.
create table aggregator_layout (
  one          boolean     primary key default true check (one),
  shards       smallint    check (shards between 1 and 64),   -- null until the first owner has worked
  generation   bigint      not null default 1,
  changed_at   timestamptz not null default clock_timestamp()
);
insert into aggregator_layout default values;

-- CLEARING and SEEDING: a rebuild throws its state away, then learns which results exist; REPLAYING: it reads the log
-- again; LIVE: it has come to the end that the log had then.
create table aggregator_shard (
  shard        smallint    primary key,
  generation   bigint      not null,
  phase        text        not null check (phase in ('CLEARING', 'SEEDING', 'REPLAYING', 'LIVE')),
  floors       jsonb       not null default '{}',             -- per organisation: results before are deleted by retention
  epoch        bigint      not null,
  changed_at   timestamptz not null default clock_timestamp()
);

-- What is read. Moved only from the offset that the mover thinks it is at.
create table aggregator_position (
  shard            smallint    not null,
  topic            text        not null,
  partition        integer     not null,
  topic_id         uuid        not null,                       -- another id: the topic was made anew
  event_type       text        not null,
  organisation_id  integer     not null,
  next_offset      bigint      not null check (next_offset >= 0),
  leader_epoch     integer,                                    -- of the last record: Kafka tells by it what was cut off
  record_time      timestamptz,                                -- of the last record
  epoch            bigint      not null,
  primary key (shard, topic, partition)
);

-- An attempt from its first event until some time after its result. Rewritten with every few events, so half of a page
-- stays free for the next version; delete_at is written at the beginning and the end only, for the same reason.
create table aggregator_attempt (
  shard            smallint    not null,
  attempt_id       uuid        not null,
  organisation_id  integer     not null,
  job_id           bigint,                                     -- null while only agents or a result have spoken of it
  dossier          text        not null,                       -- JSON: what was said about the attempt
  issued_seq       integer     not null default 0 check (issued_seq >= 0),
  issued           text,                                       -- JSON: what the result said; null: nobody knows any more
  unnamed          boolean     not null default false,         -- it is over, and the job's name is missing
  waiting_since    timestamptz,
  due_at           timestamptz,                                -- when it is looked at again by itself
  delete_at        timestamptz not null,
  primary key (shard, attempt_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000);
create index aggregator_attempt_due on aggregator_attempt (shard, due_at) where due_at is not null;
create index aggregator_attempt_unnamed on aggregator_attempt (shard, job_id) where unnamed;
create index aggregator_attempt_delete on aggregator_attempt (shard, delete_at) where due_at is null;

-- Which attempt's call an agent has: the event that ends it need not say so.
create table aggregator_agent (
  shard            smallint    not null,
  organisation_id  integer     not null,
  agent_id         text        not null,
  seq              integer     not null,                       -- of the last event
  at               timestamptz not null,                       -- of the last event
  attempt_id       uuid,
  touched_at       timestamptz not null default clock_timestamp(),
  primary key (shard, organisation_id, agent_id)
) with (fillfactor = 70);

create table aggregator_job (
  shard            smallint    not null,
  job_id           bigint      not null,
  organisation_id  integer     not null,
  campaign_name    text        not null,
  ended_at         timestamptz,                                -- forgotten some time after
  primary key (shard, job_id)
);

-- Records that are no event. They stay in the log as well; the value is kept up to 16 KiB.
create table aggregator_quarantine (
  quarantine_id    bigint      generated always as identity primary key,
  shard            smallint    not null,
  topic            text        not null,
  partition        integer     not null,
  record_offset    bigint      not null,
  reason           text        not null check (reason in
                     ('NO_EVENT', 'NEWER_SCHEMA', 'WRONG_TYPE', 'WRONG_ORGANISATION', 'INCOMPLETE')),
  value            bytea,
  epoch            bigint      not null,
  quarantined_at   timestamptz not null default clock_timestamp(),
  unique (shard, topic, partition, record_offset)
);
create index aggregator_quarantine_at on aggregator_quarantine (quarantined_at);
