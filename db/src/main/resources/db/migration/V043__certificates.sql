-- Whom the cluster trusts: the authorities whose certificates brokers, services and event clients may show.

-- The truth about every trust store. Each server writes the files from here; where there is no row yet, its first
-- server takes over what its file holds, so that a cluster with TLS starts before anybody has imported anything.
create table trusted_certificate (
  trusted_certificate_id  integer      generated always as identity primary key,
  alias                   text         not null unique check (alias ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  fingerprint             text         not null unique check (fingerprint ~ '^[0-9A-F]{2}(:[0-9A-F]{2}){31}$'),
  certificate             bytea        not null,                       -- DER
  added_at                timestamptz  not null default clock_timestamp(),
  added_by                text         not null
);

-- What each server shows to others. Without it nobody could tell which trusted certificate is still needed.
create table certificate_in_use (
  server      text         primary key,
  chain       text         not null,                                   -- PEM, the server's own certificate first
  seen_at     timestamptz  not null default clock_timestamp()
);

create function notify_trust() returns trigger language plpgsql as $$
begin
  perform pg_notify('callisto_trust', '');
  return null;
end $$;
create trigger trusted_certificate_changed after insert or update or delete on trusted_certificate
  for each statement execute function notify_trust();
