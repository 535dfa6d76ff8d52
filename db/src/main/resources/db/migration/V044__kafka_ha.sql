-- Configuration of the Kafka brokers, kept as revisions: "kafka-ha enable" adds one, every server pulls its file from the
-- present one, "kafka-ha undo" makes the one before the present one again.

-- A revision never changes. document: the plan and the files of all brokers; no secrets are in it.
create table kafka_ha_revision (
  revision  integer      primary key check (revision > 0),
  follows   integer      not null check (follows >= 0 and follows < revision),
  digest    text         not null,
  document  text         not null,
  made_at   timestamptz  not null default clock_timestamp()
);

-- One row. Writers change it with "where revision = what I saw", so the slower of two is refused. 0: none.
create table kafka_ha_current (
  only_row    boolean      primary key default true check (only_row),
  revision    integer      not null check (revision >= 0),
  changed_at  timestamptz  not null default clock_timestamp()
);
insert into kafka_ha_current (revision) values (0);

-- What each broker's server pulled last; 0: what it had before the first revision.
create table kafka_ha_applied (
  node        integer      primary key,
  revision    integer      not null,
  digest      text         not null,
  host        text         not null,
  applied_at  timestamptz  not null default clock_timestamp()
);
