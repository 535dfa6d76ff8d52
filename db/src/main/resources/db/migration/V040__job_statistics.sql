-- Statistics of jobs: counters instead of counts, because a job has a million contacts and is looked at every few seconds.
--
-- The counters are kept by triggers, once per statement, so in the very transaction (and under the very fence) that changes
-- the rows, whoever changes them; also while servers of the version before still run. A count row is locked after the rows
-- that it counts and in key order, so counting adds no deadlock.

-- Contacts of a job in a zone by state, and how many attempts there are, over or not.
create table job_zone_count (
  job_id      bigint  not null references job on delete cascade,
  zone_id     integer not null,
  ready       bigint  not null default 0 check (ready >= 0),
  in_attempt  bigint  not null default 0 check (in_attempt >= 0),
  retry_wait  bigint  not null default 0 check (retry_wait >= 0),
  completed   bigint  not null default 0 check (completed >= 0),
  restricted  bigint  not null default 0 check (restricted >= 0),
  failed      bigint  not null default 0 check (failed >= 0),
  attempts    bigint  not null default 0 check (attempts >= 0),
  primary key (job_id, zone_id)
) with (fillfactor = 50);

-- Attempts that are over by how they ended. By code and not by class: an agent's disposition may replace the system's
-- code, and the class of a code may change.
create table job_code_count (
  job_id              bigint  not null references job on delete cascade,
  zone_id             integer not null,
  completion_code_id  integer not null references completion_code,
  attempts            bigint  not null default 0,     -- never negative; no check, for a negative change is "inserted" first
  primary key (job_id, zone_id, completion_code_id)
) with (fillfactor = 50);

-- What the last statistics event of a job said, so that the next one, by whomever, goes on from it.
create table job_statistics (
  job_id    bigint      primary key references job on delete cascade,
  seq       integer     not null check (seq > 0),     -- of the event
  at        timestamptz not null,
  made      bigint      not null,                      -- totals of attempts, for the rates
  live      bigint      not null,
  nuisance  bigint      not null,
  epoch     bigint      not null
) with (fillfactor = 50);

create function count_job_contact_added() returns trigger language plpgsql as $$
begin
  insert into job_zone_count as c (job_id, zone_id, ready, in_attempt, retry_wait, completed, restricted, failed)
  select job_id, zone_id,
         count(*) filter (where state = 'READY'),
         count(*) filter (where state = 'IN_ATTEMPT'),
         count(*) filter (where state = 'RETRY_WAIT'),
         count(*) filter (where state = 'COMPLETED'),
         count(*) filter (where state = 'RESTRICTED'),
         count(*) filter (where state = 'FAILED')
    from new_rows
   group by job_id, zone_id
   order by job_id, zone_id
  on conflict (job_id, zone_id) do update
     set ready = c.ready + excluded.ready,
         in_attempt = c.in_attempt + excluded.in_attempt,
         retry_wait = c.retry_wait + excluded.retry_wait,
         completed = c.completed + excluded.completed,
         restricted = c.restricted + excluded.restricted,
         failed = c.failed + excluded.failed;
  return null;
end $$;

create function count_job_contact_changed() returns trigger language plpgsql as $$
begin
  update job_zone_count c
     set ready = c.ready + d.ready,
         in_attempt = c.in_attempt + d.in_attempt,
         retry_wait = c.retry_wait + d.retry_wait,
         completed = c.completed + d.completed,
         restricted = c.restricted + d.restricted,
         failed = c.failed + d.failed
    from (select job_id, zone_id,
                 coalesce(sum(n) filter (where state = 'READY'), 0) as ready,
                 coalesce(sum(n) filter (where state = 'IN_ATTEMPT'), 0) as in_attempt,
                 coalesce(sum(n) filter (where state = 'RETRY_WAIT'), 0) as retry_wait,
                 coalesce(sum(n) filter (where state = 'COMPLETED'), 0) as completed,
                 coalesce(sum(n) filter (where state = 'RESTRICTED'), 0) as restricted,
                 coalesce(sum(n) filter (where state = 'FAILED'), 0) as failed
            from (select job_id, zone_id, state, 1 as n from new_rows
                  union all
                  select job_id, zone_id, state, -1 from old_rows) change
           group by job_id, zone_id) d
   where c.job_id = d.job_id and c.zone_id = d.zone_id
     and (d.ready <> 0 or d.in_attempt <> 0 or d.retry_wait <> 0 or d.completed <> 0 or d.restricted <> 0 or d.failed <> 0);
  return null;
end $$;

create function count_job_contact_removed() returns trigger language plpgsql as $$
begin
  update job_zone_count c
     set ready = c.ready - d.ready,
         in_attempt = c.in_attempt - d.in_attempt,
         retry_wait = c.retry_wait - d.retry_wait,
         completed = c.completed - d.completed,
         restricted = c.restricted - d.restricted,
         failed = c.failed - d.failed
    from (select job_id, zone_id,
                 count(*) filter (where state = 'READY') as ready,
                 count(*) filter (where state = 'IN_ATTEMPT') as in_attempt,
                 count(*) filter (where state = 'RETRY_WAIT') as retry_wait,
                 count(*) filter (where state = 'COMPLETED') as completed,
                 count(*) filter (where state = 'RESTRICTED') as restricted,
                 count(*) filter (where state = 'FAILED') as failed
            from old_rows
           group by job_id, zone_id) d
   where c.job_id = d.job_id and c.zone_id = d.zone_id;
  return null;
end $$;

-- An attempt's contact is in the job, so the zone's row exists; the upsert is for attempts of a zone without contacts.
create function count_attempt_added() returns trigger language plpgsql as $$
begin
  insert into job_zone_count as c (job_id, zone_id, attempts)
  select job_id, zone_id, count(*) from new_rows group by job_id, zone_id order by job_id, zone_id
  on conflict (job_id, zone_id) do update set attempts = c.attempts + excluded.attempts;
  insert into job_code_count as c (job_id, zone_id, completion_code_id, attempts)
  select job_id, zone_id, completion_code_id, count(*)
    from new_rows
   where completion_code_id is not null
   group by job_id, zone_id, completion_code_id
   order by job_id, zone_id, completion_code_id
  on conflict (job_id, zone_id, completion_code_id) do update set attempts = c.attempts + excluded.attempts;
  return null;
end $$;

create function count_attempt_changed() returns trigger language plpgsql as $$
begin
  insert into job_code_count as c (job_id, zone_id, completion_code_id, attempts)
  select job_id, zone_id, completion_code_id, sum(n)
    from (select job_id, zone_id, completion_code_id, 1 as n from new_rows
          union all
          select job_id, zone_id, completion_code_id, -1 from old_rows) change
   where completion_code_id is not null
   group by job_id, zone_id, completion_code_id
  having sum(n) <> 0
   order by job_id, zone_id, completion_code_id
  on conflict (job_id, zone_id, completion_code_id) do update set attempts = c.attempts + excluded.attempts;
  return null;
end $$;

create function count_attempt_removed() returns trigger language plpgsql as $$
begin
  update job_zone_count c
     set attempts = c.attempts - d.attempts
    from (select job_id, zone_id, count(*) as attempts from old_rows group by job_id, zone_id) d
   where c.job_id = d.job_id and c.zone_id = d.zone_id;
  update job_code_count c
     set attempts = c.attempts - d.attempts
    from (select job_id, zone_id, completion_code_id, count(*) as attempts
            from old_rows
           where completion_code_id is not null
           group by job_id, zone_id, completion_code_id) d
   where c.job_id = d.job_id and c.zone_id = d.zone_id and c.completion_code_id = d.completion_code_id;
  return null;
end $$;

-- The triggers lock the tables against writers until this migration commits, so the rows that were there are counted once.
create trigger job_contact_added after insert on job_contact
  referencing new table as new_rows for each statement execute function count_job_contact_added();
create trigger job_contact_changed after update on job_contact
  referencing old table as old_rows new table as new_rows for each statement execute function count_job_contact_changed();
create trigger job_contact_removed after delete on job_contact
  referencing old table as old_rows for each statement execute function count_job_contact_removed();
create trigger attempt_added after insert on attempt
  referencing new table as new_rows for each statement execute function count_attempt_added();
create trigger attempt_changed after update on attempt
  referencing old table as old_rows new table as new_rows for each statement execute function count_attempt_changed();
create trigger attempt_removed after delete on attempt
  referencing old table as old_rows for each statement execute function count_attempt_removed();

insert into job_zone_count (job_id, zone_id, ready, in_attempt, retry_wait, completed, restricted, failed)
select job_id, zone_id,
       count(*) filter (where state = 'READY'),
       count(*) filter (where state = 'IN_ATTEMPT'),
       count(*) filter (where state = 'RETRY_WAIT'),
       count(*) filter (where state = 'COMPLETED'),
       count(*) filter (where state = 'RESTRICTED'),
       count(*) filter (where state = 'FAILED')
  from job_contact
 group by job_id, zone_id;
insert into job_zone_count as c (job_id, zone_id, attempts)
select job_id, zone_id, count(*) from attempt group by job_id, zone_id
on conflict (job_id, zone_id) do update set attempts = excluded.attempts;
insert into job_code_count (job_id, zone_id, completion_code_id, attempts)
select job_id, zone_id, completion_code_id, count(*)
  from attempt
 where completion_code_id is not null
 group by job_id, zone_id, completion_code_id;

-- Where the counters of a job differ from a full count (INV-11): never, so no rows. For checks; it reads all its rows.
create function job_count_drift(job bigint) returns table (zone_id integer, what text, kept bigint, counted bigint)
language sql stable as $$
  with kept as (
    select c.zone_id, v.what, v.n
      from job_zone_count c
      cross join lateral (values ('contacts READY', c.ready), ('contacts IN_ATTEMPT', c.in_attempt),
                                 ('contacts RETRY_WAIT', c.retry_wait), ('contacts COMPLETED', c.completed),
                                 ('contacts RESTRICTED', c.restricted), ('contacts FAILED', c.failed),
                                 ('attempts', c.attempts)) v(what, n)
     where c.job_id = job and v.n <> 0
    union all
    select c.zone_id, 'attempts with code ' || c.completion_code_id, c.attempts
      from job_code_count c where c.job_id = job and c.attempts <> 0),
  counted as (
    select r.zone_id, 'contacts ' || r.state as what, count(*) as n
      from job_contact r where r.job_id = job group by r.zone_id, r.state
    union all
    select a.zone_id, 'attempts', count(*) from attempt a where a.job_id = job group by a.zone_id
    union all
    select a.zone_id, 'attempts with code ' || a.completion_code_id, count(*)
      from attempt a where a.job_id = job and a.completion_code_id is not null group by a.zone_id, a.completion_code_id)
  select coalesce(k.zone_id, c.zone_id), coalesce(k.what, c.what), coalesce(k.n, 0), coalesce(c.n, 0)
    from kept k full join counted c on c.zone_id = k.zone_id and c.what = k.what
   where coalesce(k.n, 0) <> coalesce(c.n, 0)
$$;
