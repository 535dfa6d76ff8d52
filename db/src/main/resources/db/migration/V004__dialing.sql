-- Jobs, their contacts, attempts, number counters.

-- A job is one run of a campaign. Rows are inserted QUEUED by REST (nobody owns a queued job yet) and moved only by
-- the owner of scope "director".
create table job (
  job_id            bigint      generated always as identity primary key,
  organisation_id   integer     not null references organisation,
  campaign_id       integer     not null references campaign,
  strategy_id       integer     not null,
  strategy_version  integer     not null,
  state             text        not null default 'QUEUED'
                                check (state in ('QUEUED', 'FILTER_IN_PROGRESS', 'RUNNING', 'PAUSING', 'PAUSED', 'STOPPING',
                                                 'STOPPED', 'COMPLETED', 'FAILED')),
  state_reason      text,
  wanted_pause      boolean     not null default false,   -- a pause that came before the job could be paused
  version           integer     not null default 0,       -- sequence of the job's events
  epoch             bigint,                               -- of the last director that wrote the row
  created_by        text        not null,
  created_at        timestamptz not null default clock_timestamp(),
  started_at        timestamptz,
  completed_at      timestamptz,
  foreign key (strategy_id, strategy_version) references campaign_strategy_version,
  check ((state in ('STOPPED', 'COMPLETED', 'FAILED')) = (completed_at is not null))
);
create index job_open on job (job_id) where state not in ('STOPPED', 'COMPLETED', 'FAILED');

create function notify_job() returns trigger language plpgsql as $$
begin
  perform pg_notify('callisto_job', new.job_id::text);
  return null;
end $$;
create trigger job_notify after insert or update of state on job for each row execute function notify_job();

-- Which zones a job works in; the scope job/{job_id}/{zone_id} exists while the row does. allocated_to names the server
-- that the director chose (a wish to the campaign managers, who claim the lease).
create table job_zone (
  job_id        bigint   not null references job,
  zone_id       integer  not null references zone,
  allocated_to  text,
  filtered      boolean  not null default false,
  filter_cursor bigint   not null default 0,   -- contacts of the zone's lists up to this id are in job_contact
  primary key (job_id, zone_id)
);

-- One row per contact of a job. No key of its own: (job_id, contact_id) is unique and is how it is looked up.
-- The dialer's pick is the partial index: O(1) per dial whatever the list's size.
create table job_contact (
  job_id           bigint      not null references job,
  contact_id       bigint      not null references contact,
  zone_id          integer     not null references zone,
  state            text        not null default 'READY'
                               check (state in ('READY', 'IN_ATTEMPT', 'RETRY_WAIT', 'COMPLETED', 'RESTRICTED', 'FAILED')),
  attempts_made    smallint    not null default 0 check (attempts_made >= 0),
  next_attempt_at  timestamptz not null default clock_timestamp(),
  completion_code_id integer   references completion_code,
  version          integer     not null default 0,
  primary key (job_id, contact_id),
  check ((state in ('COMPLETED', 'RESTRICTED', 'FAILED')) <= (completion_code_id is not null))
) with (fillfactor = 70);
create index job_contact_due on job_contact (job_id, zone_id, next_attempt_at, contact_id) where state in ('READY', 'RETRY_WAIT');
create index job_contact_in_attempt on job_contact (job_id, zone_id) where state = 'IN_ATTEMPT';

-- One try to reach one contact on one number. The id is made by the dialer (time-ordered uuid) and is the call's id at the
-- gateway. INV-3: unique (job_id, contact_id, attempt_no) and the partial index "one live attempt per contact" make a
-- second call of the same plan step impossible, whoever tries.
create table attempt (
  attempt_id          uuid        primary key,
  job_id              bigint      not null,
  contact_id          bigint      not null,
  attempt_no          smallint    not null check (attempt_no > 0),
  organisation_id     integer     not null,
  zone_id             integer     not null,
  phone_number        text        not null,
  owner_scope         text        not null,       -- the one role that may write this row; every update checks it and version
  epoch               bigint      not null,       -- of the owner that wrote the row last
  gateway_id          text        not null,       -- fixed at reservation: only this gateway can say what became of it
  gateway_incarnation bigint      not null,
  state               text        not null check (state in ('RESERVED', 'DIALING', 'RINGING', 'ANSWERED', 'COMPLETED')),
  completion_code_id  integer     references completion_code,
  version             integer     not null default 0,
  state_deadline      timestamptz not null,       -- a sweeper resolves what is not final by then: nothing is stuck
  reserved_at         timestamptz not null default clock_timestamp(),
  dialed_at           timestamptz,
  ringing_at          timestamptz,
  answered_at         timestamptz,
  completed_at        timestamptz,
  foreign key (job_id, contact_id) references job_contact,
  unique (job_id, contact_id, attempt_no),
  check ((state = 'COMPLETED') = (completion_code_id is not null)),
  check ((state = 'COMPLETED') = (completed_at is not null))
) with (fillfactor = 60);
create unique index attempt_one_live on attempt (job_id, contact_id) where state <> 'COMPLETED';
create index attempt_open on attempt (owner_scope, state_deadline) where state <> 'COMPLETED';

-- Attempts per number and organisation, over all jobs: locked in number order by the reservation, so that two jobs cannot
-- call one number at once or exceed its cap.
create table number_counter (
  organisation_id  integer     not null references organisation,
  phone_number     text        not null,
  attempts_total   integer     not null default 0,
  last_attempt_at  timestamptz,
  window_start     timestamptz,                   -- start of the rolling cap's window
  attempts_window  integer     not null default 0,
  primary key (organisation_id, phone_number)
) with (fillfactor = 70);
