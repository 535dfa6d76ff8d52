-- Completion codes, contact lists, contacts, strategies, campaigns.

-- Codes below 1000 are the system's (organisation null), set by Callisto for each attempt.
create table completion_code (
  completion_code_id  integer  primary key,
  organisation_id     integer  references organisation,
  code                text     not null,
  class               text     not null check (class in ('LIVE', 'MACHINE', 'BUSY', 'NO_ANSWER', 'INVALID', 'NETWORK', 'FAX',
                                                          'NUISANCE', 'RESTRICTED', 'DNC', 'AGENT', 'SYSTEM')),
  success             boolean  not null default false,   -- ends the contact as COMPLETED without looking at retries
  retryable           boolean  not null default false,   -- a strategy's retry rule may try again after it
  description         text     not null,
  check ((completion_code_id < 1000) = (organisation_id is null)),
  unique nulls not distinct (organisation_id, code)
);
insert into completion_code (completion_code_id, code, class, success, retryable, description) values
  ( 1, 'Answer_Human',             'LIVE',       true,  false, 'A person answered.'),
  ( 2, 'Answer_Machine',           'MACHINE',    false, true,  'An answering machine answered.'),
  ( 3, 'Call_Busy',                'BUSY',       false, true,  'The line was busy.'),
  ( 4, 'Ring_No_Answer',           'NO_ANSWER',  false, true,  'Nobody answered within the ring timeout.'),
  ( 5, 'Invalid_Number',           'INVALID',    false, false, 'The network says that the number does not exist.'),
  ( 6, 'Fax',                      'FAX',        false, false, 'A fax or modem answered.'),
  ( 7, 'Network_Failure',          'NETWORK',    false, true,  'The network could not place the call.'),
  ( 8, 'Sys_No_Resource',          'NETWORK',    false, true,  'The media gateway refused the call for want of capacity.'),
  ( 9, 'Sys_Not_Placed',           'SYSTEM',     false, true,  'Reserved, but the gateway says that it was never placed and never will be.'),
  (10, 'Sys_Attempt_In_Doubt',     'SYSTEM',     false, false, 'The gateway cannot say whether the call was placed; final, never retried by itself.'),
  (11, 'Sys_Call_Timeout',         'SYSTEM',     false, false, 'The call outlived its limit and was closed.'),
  (12, 'Sys_No_Callable_Address',  'RESTRICTED', false, false, 'The contact has no number that may be called.'),
  (13, 'Sys_Do_Not_Call',          'DNC',        false, false, 'The number is on a do-not-call list.'),
  (14, 'Sys_Max_Attempts',         'RESTRICTED', false, false, 'The number or contact has had all the attempts it may have.'),
  (15, 'Sys_Rule_Restricted',      'RESTRICTED', false, false, 'A rule forbids calling this contact.'),
  (16, 'Sys_Job_Stopped',          'SYSTEM',     false, false, 'The job was stopped before the contact was reached.');

create table contact_list (
  contact_list_id  integer     generated always as identity primary key,
  organisation_id  integer     not null references organisation,
  zone_id          integer     not null references zone,      -- a list belongs to exactly one zone
  name             text        not null check (length(name) between 1 and 80),
  created_at       timestamptz not null default clock_timestamp(),
  unique (organisation_id, name)
);

-- 10^7 rows: a bigint key, one unique index for the import's upsert, numbers in E.164 so that they compare.
create table contact (
  contact_id        bigint      generated always as identity primary key,
  contact_list_id   integer     not null references contact_list,
  user_contact_id   text        not null check (length(user_contact_id) between 1 and 100),
  title             text,
  first_name        text,
  last_name         text,
  email             text,
  phone_number_1    text        not null check (phone_number_1 ~ '^\+[1-9][0-9]{3,14}$'),
  phone_1_zones     text[]      not null,   -- candidate IANA zones: dial only when all are open
  phone_number_2    text        check (phone_number_2 ~ '^\+[1-9][0-9]{3,14}$'),
  phone_2_zones     text[],
  attributes        jsonb       not null default '{}',
  import_id         bigint,
  added_on          timestamptz not null default clock_timestamp(),
  last_modified_on  timestamptz not null default clock_timestamp(),
  unique (contact_list_id, user_contact_id),
  check (cardinality(phone_1_zones) > 0),
  check ((phone_number_2 is null) = (phone_2_zones is null))
);
-- The filter walks one list in chunks by contact id, without reading the contacts of other lists.
create index contact_of_list on contact (contact_list_id, contact_id);

create table do_not_call (
  organisation_id  integer     not null references organisation,
  phone_number     text        not null check (phone_number ~ '^\+[1-9][0-9]{3,14}$'),
  until            timestamptz,                       -- null: for ever
  added_at         timestamptz not null default clock_timestamp(),
  added_by         text        not null,
  primary key (organisation_id, phone_number)
);

-- One row per import run. The file lives in the database so that any director can go on with it (no shared disk).
-- Counts move in the transaction of the chunk that they count, together with the cursor: a resumed import is exact.
create table contact_import (
  import_id        bigint      generated always as identity primary key,
  contact_list_id  integer     not null references contact_list,
  file_name        text        not null,
  options          jsonb       not null,              -- delimiter, quote, charset, default region, update existing
  state            text        not null default 'QUEUED'
                               check (state in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  failure          text,
  cursor_rows      bigint      not null default 0,    -- data rows (not the header) that are done
  rows_imported    bigint      not null default 0,
  rows_updated     bigint      not null default 0,
  rows_rejected    bigint      not null default 0,
  requested_by     text        not null,
  requested_at     timestamptz not null default clock_timestamp(),
  started_at       timestamptz,
  completed_at     timestamptz,
  version          integer     not null default 0,
  check (cursor_rows = rows_imported + rows_updated + rows_rejected),
  check ((state = 'FAILED') = (failure is not null))
);
create index contact_import_open on contact_import (import_id) where state in ('QUEUED', 'RUNNING');
alter table contact add foreign key (import_id) references contact_import;

create table contact_import_file (
  import_id  bigint  not null references contact_import on delete cascade,
  part       integer not null,
  content    bytea   not null,
  primary key (import_id, part)
);

create table contact_import_error (
  import_id  bigint  not null references contact_import on delete cascade,
  line       bigint  not null,                        -- line of the file where the row begins, the first line being 1
  reason     text    not null check (reason in ('BAD_PHONE', 'MISSING_ID', 'DUPLICATE_ID', 'TOO_MANY_COLUMNS',
                                                'TOO_FEW_COLUMNS', 'BAD_VALUE')),
  detail     text    not null,                        -- never a phone number or a name
  primary key (import_id, line)
);

-- A strategy is a versioned document; a job keeps the version that it started with.
create table campaign_strategy (
  strategy_id      integer     generated always as identity primary key,
  organisation_id  integer     not null references organisation,
  name             text        not null check (length(name) between 1 and 80),
  created_at       timestamptz not null default clock_timestamp(),
  unique (organisation_id, name)
);
create table campaign_strategy_version (
  strategy_id  integer     not null references campaign_strategy,
  version      integer     not null check (version > 0),
  definition   jsonb       not null,
  created_at   timestamptz not null default clock_timestamp(),
  created_by   text        not null,
  primary key (strategy_id, version)
);

create table campaign (
  campaign_id      integer     generated always as identity primary key,
  organisation_id  integer     not null references organisation,
  name             text        not null check (length(name) between 1 and 80),
  kind             text        not null default 'FINITE' check (kind in ('FINITE', 'INFINITE')),
  strategy_id      integer     not null references campaign_strategy,
  created_at       timestamptz not null default clock_timestamp(),
  unique (organisation_id, name)
);
create table campaign_list (
  campaign_id      integer not null references campaign on delete cascade,
  contact_list_id  integer not null references contact_list,
  primary key (campaign_id, contact_list_id)
);

-- A rule is a CEL expression that is true where the contact may NOT be called now. Scope null: all campaigns.
create table rule (
  rule_id          integer     generated always as identity primary key,
  organisation_id  integer     references organisation,
  campaign_id      integer     references campaign,
  name             text        not null check (length(name) between 1 and 80),
  expression       text        not null,
  verdict          text        not null check (verdict in ('RESTRICT', 'DEFER')),
  position         integer     not null,
  enabled          boolean     not null default true,
  unique nulls not distinct (organisation_id, name)
);
