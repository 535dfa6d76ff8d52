-- Answers of REST requests that carried an Idempotency-Key, kept for a day. The row is inserted in the transaction that
-- creates what was asked for: it happened and its answer is here, or neither. A second request with the key waits for the
-- first one's commit on the primary key.
create table rest_idempotency (
  user_id          integer     not null references app_user on delete cascade,
  idempotency_key  text        not null check (length(idempotency_key) between 1 and 100),
  fingerprint      text        not null,               -- of the request: the key is refused for another one
  status           smallint,                           -- the answer; null only inside the creating transaction
  location         text,
  body             text,                               -- as text, not jsonb: a repeat is answered byte for byte
  created_at       timestamptz not null default clock_timestamp(),
  primary key (user_id, idempotency_key)
);
create index rest_idempotency_age on rest_idempotency (created_at);
