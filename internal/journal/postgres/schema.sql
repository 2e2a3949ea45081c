-- Version 1 of the tables of the importer. docs/postgresql.md describes them.

CREATE TABLE importer.schema_version (version int NOT NULL);
INSERT INTO importer.schema_version VALUES (1);

CREATE TABLE importer.companies (
	id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	server         text NOT NULL,
	company        text NOT NULL, -- DP-Company-ID; empty: the key's own
	primary_office text NOT NULL DEFAULT '',
	UNIQUE (server, company)
);

-- A process that may send.
CREATE TABLE importer.runs (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	company      bigint NOT NULL REFERENCES importer.companies,
	command      text NOT NULL,
	program      text NOT NULL, -- the program's version
	host         text NOT NULL,
	pid          int NOT NULL,
	os_user      text NOT NULL,
	db_user      text NOT NULL DEFAULT session_user,
	input        text NOT NULL,
	input_sha256 text NOT NULL,
	book         text NOT NULL, -- the input's name: tells the rows of one file from those of another
	started      timestamptz NOT NULL DEFAULT clock_timestamp(),
	lease_until  timestamptz NOT NULL,
	lapses       int NOT NULL DEFAULT 0, -- how often the lease was renewed only after it had run out
	ended        timestamptz
);
CREATE INDEX ON importer.runs (company, started);

-- The offices that were listed before a run sent anything.
CREATE TABLE importer.baselines (
	company    bigint NOT NULL REFERENCES importer.companies,
	number     int NOT NULL, -- the run's number in the records
	run        bigint NOT NULL REFERENCES importer.runs,
	token      bigint NOT NULL, -- tells a repeated call from a new one
	office_ids text[] NOT NULL,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (company, number),
	UNIQUE (run, token)
);

-- The latest record of each row.
CREATE TABLE importer.rows (
	company   bigint NOT NULL REFERENCES importer.companies,
	digest    bytea NOT NULL, -- SHA-256 of the key
	key       text NOT NULL,
	name      bytea NOT NULL, -- SHA-256 of the folded name and country that were sent
	outcome   text NOT NULL,
	office_id text NOT NULL,
	attempts  int NOT NULL,
	settled   boolean NOT NULL, -- of an unknown row: the lists can't settle it, a person must
	doubted   boolean NOT NULL,
	holder    bigint REFERENCES importer.runs, -- of an unknown row: the run that settles it
	lost      bigint[] NOT NULL DEFAULT '{}', -- runs that it was taken over from; they may not take it back
	book      text NOT NULL, -- book of the run that wrote it last
	changed   timestamptz NOT NULL DEFAULT clock_timestamp(),
	record    json NOT NULL,
	PRIMARY KEY (company, digest),
	CHECK ((outcome = 'unknown') = (holder IS NOT NULL))
);
CREATE INDEX ON importer.rows (company, office_id) WHERE office_id <> '';
CREATE INDEX ON importer.rows (company, name);
CREATE INDEX ON importer.rows (company, changed);
-- At most one row of a name is under way, because the list of offices couldn't tell them apart.
CREATE UNIQUE INDEX rows_under_way ON importer.rows (company, name) WHERE outcome = 'unknown';

-- Everything ever recorded about rows. Nothing here is changed or deleted.
CREATE TABLE importer.attempts (
	run     bigint NOT NULL REFERENCES importer.runs,
	seq     bigint NOT NULL, -- counted by the run, to recognize a repeated call
	kind    text NOT NULL CHECK (kind IN ('begin', 'finish', 'late')), -- late: came after another run had taken the row over, so it changed nothing
	company bigint NOT NULL,
	digest  bytea NOT NULL,
	at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	record  json NOT NULL,
	PRIMARY KEY (run, seq)
);
CREATE INDEX ON importer.attempts (company, digest, at);

-- The limit of calls, shared by all processes.
CREATE TABLE importer.quotas (
	company      bigint PRIMARY KEY REFERENCES importer.companies,
	next_call    timestamptz NOT NULL DEFAULT '-infinity',
	paused_until timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE TABLE importer.calls (
	id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	company bigint NOT NULL,
	free_at timestamptz NOT NULL -- until then it counts
);
CREATE INDEX ON importer.calls (company, free_at);

-- renew extends a run's lease. It returns false if the lease had run out: then another run may have
-- what this one held.
CREATE FUNCTION importer.renew(p_run bigint, p_lease interval) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	was timestamptz;
BEGIN
	SELECT lease_until INTO STRICT was FROM importer.runs WHERE id = p_run AND ended IS NULL FOR UPDATE;
	IF was > clock_timestamp() THEN
		UPDATE importer.runs SET lease_until = clock_timestamp() + p_lease WHERE id = p_run;
		RETURN true;
	END IF;
	UPDATE importer.runs SET lease_until = clock_timestamp() + p_lease, lapses = lapses + 1 WHERE id = p_run;
	RETURN false;
END $$;

-- begin_row records that a row is about to leave, unless another run has it, has a row of its name,
-- or has recorded more about the row since this run read it (the number of attempts shows that). A
-- repeated call returns what the first one did.
CREATE FUNCTION importer.begin_row(p_company bigint, p_run bigint, p_seq bigint, p_margin interval, p_digest bytea, p_key text,
	p_name bytea, p_attempts int, p_doubted boolean, p_book text, p_number int, p_record json) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r importer.rows;
	refusal text := 'taken';
BEGIN
	IF EXISTS (SELECT FROM importer.attempts WHERE run = p_run AND seq = p_seq) THEN
		RETURN 'done';
	END IF;
	IF NOT EXISTS (SELECT FROM importer.runs WHERE id = p_run AND ended IS NULL AND lease_until > clock_timestamp() + p_margin) THEN
		RETURN 'lapsed';
	END IF;
	BEGIN
		SELECT * INTO r FROM importer.rows WHERE company = p_company AND digest = p_digest FOR UPDATE;
		IF FOUND AND (r.outcome NOT IN ('pending', 'refused') OR r.attempts <> p_attempts - 1) OR NOT FOUND AND p_attempts <> 1 THEN
			RAISE unique_violation;
		END IF;
		INSERT INTO importer.rows (company, digest, key, name, outcome, office_id, attempts, settled, doubted, holder, book, record)
		VALUES (p_company, p_digest, p_key, p_name, 'unknown', '', p_attempts, false, p_doubted, p_run, p_book, p_record)
		ON CONFLICT (company, digest) DO UPDATE SET key = p_key, name = p_name, outcome = 'unknown', office_id = '', attempts = p_attempts,
			settled = false, doubted = p_doubted, holder = p_run, book = p_book, changed = clock_timestamp(), record = p_record
			WHERE r.digest IS NOT NULL; -- the row was locked above; if another run has added it since then, it is taken
		IF NOT FOUND THEN
			RAISE unique_violation;
		END IF;
		-- Only now, with the name held: this run's list lacks an office of this name if a run of
		-- another file created it since then.
		IF EXISTS (SELECT FROM importer.rows o WHERE o.company = p_company AND o.name = p_name AND o.digest <> p_digest AND o.book <> p_book
			AND o.outcome IN ('created', 'exists') AND NOT EXISTS (SELECT FROM importer.baselines b
				WHERE b.company = p_company AND b.number = p_number AND o.office_id = ANY (b.office_ids))) THEN
			refusal := 'stale';
			RAISE unique_violation;
		END IF;
		INSERT INTO importer.attempts (run, seq, kind, company, digest, record) VALUES (p_run, p_seq, 'begin', p_company, p_digest, p_record);
		RETURN 'done';
	EXCEPTION WHEN unique_violation THEN -- the whole block is undone
		IF EXISTS (SELECT FROM importer.attempts WHERE run = p_run AND seq = p_seq) THEN
			RETURN 'done'; -- an earlier call did it, and its answer was lost
		END IF;
		RETURN refusal;
	END;
END $$;

-- may_finish reports whether a run may replace a row's latest record with an outcome.
CREATE FUNCTION importer.may_finish(r importer.rows, p_run bigint, p_attempts int, p_outcome text, p_office text) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE
	WHEN r.outcome = 'unknown' THEN
		r.holder = p_run AND (r.attempts = p_attempts OR p_outcome = 'pending' AND r.attempts = p_attempts + 1)
		OR r.attempts = p_attempts AND p_outcome = 'created' -- true, whoever reports it
	WHEN r.outcome IN ('pending', 'refused') THEN
		r.attempts = p_attempts AND p_outcome IN ('created', 'exists')
	ELSE -- created, exists: more about the same office
		r.outcome = p_outcome AND r.office_id = p_office
	END
$$;

-- finish_row records what came of a row. If the row belongs to another run by now, the record is
-- kept as late and changes nothing.
CREATE FUNCTION importer.finish_row(p_company bigint, p_run bigint, p_seq bigint, p_digest bytea, p_key text, p_name bytea, p_attempts int,
	p_doubted boolean, p_book text, p_outcome text, p_office text, p_settled boolean, p_record json) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r importer.rows;
	before text;
	good boolean;
BEGIN
	SELECT kind INTO before FROM importer.attempts WHERE run = p_run AND seq = p_seq;
	IF FOUND THEN
		RETURN CASE before WHEN 'late' THEN 'taken' ELSE 'done' END;
	END IF;
	BEGIN
		SELECT * INTO r FROM importer.rows WHERE company = p_company AND digest = p_digest FOR UPDATE;
		IF FOUND THEN
			good := importer.may_finish(r, p_run, p_attempts, p_outcome, p_office);
		ELSE
			good := p_attempts = 0 AND p_outcome IN ('created', 'exists');
		END IF;
		-- An office found in the list may belong to another row of its name that is, or was, under
		-- way.
		IF good AND p_outcome IN ('created', 'exists') AND EXISTS (SELECT FROM importer.rows o
			WHERE o.company = p_company AND o.digest <> p_digest AND (
				o.name = p_name AND o.outcome = 'unknown' AND o.holder <> p_run
				OR o.office_id = p_office AND o.outcome = 'created' AND p_outcome = 'created' AND r.holder IS DISTINCT FROM p_run AND r.outcome <> 'created')) THEN
			good := false;
		END IF;
		INSERT INTO importer.attempts (run, seq, kind, company, digest, record)
		VALUES (p_run, p_seq, CASE WHEN good THEN 'finish' ELSE 'late' END, p_company, p_digest, p_record);
		IF NOT good THEN
			RETURN 'taken';
		END IF;
		INSERT INTO importer.rows (company, digest, key, name, outcome, office_id, attempts, settled, doubted, holder, book, record)
		VALUES (p_company, p_digest, p_key, p_name, p_outcome, p_office, p_attempts, p_settled, p_doubted,
			CASE p_outcome WHEN 'unknown' THEN p_run END, p_book, p_record)
		ON CONFLICT (company, digest) DO UPDATE SET key = excluded.key, name = excluded.name, outcome = excluded.outcome, office_id = excluded.office_id,
			attempts = excluded.attempts, settled = excluded.settled, doubted = excluded.doubted, holder = excluded.holder, book = excluded.book,
			changed = clock_timestamp(), record = excluded.record
			WHERE r.digest IS NOT NULL;
		IF NOT FOUND THEN
			RAISE unique_violation;
		END IF;
		RETURN 'done';
	EXCEPTION WHEN unique_violation THEN
		SELECT kind INTO before FROM importer.attempts WHERE run = p_run AND seq = p_seq;
		RETURN CASE before WHEN 'finish' THEN 'done' ELSE 'taken' END;
	END;
END $$;

-- take_over gives this run those of some unknown rows whose holder is gone, and returns all of them
-- that it holds by now, so that a repeated call returns the same. A run never takes back a row that
-- was taken from it, because what it knows about the row is out of date.
CREATE FUNCTION importer.take_over(p_company bigint, p_run bigint, p_digests bytea[]) RETURNS SETOF json LANGUAGE plpgsql AS $$
DECLARE
	gone bigint[];
BEGIN
	-- The lock waits for a renewal under way, and makes a later one see that it is too late.
	SELECT array_agg(id) INTO gone FROM (
		SELECT h.id FROM importer.runs h
		WHERE h.id <> p_run AND (h.ended IS NOT NULL OR h.lease_until < clock_timestamp())
			AND h.id IN (SELECT holder FROM importer.rows WHERE company = p_company AND digest = ANY (p_digests))
		ORDER BY h.id FOR UPDATE) dead;
	UPDATE importer.rows SET holder = p_run, lost = lost || holder, changed = clock_timestamp()
		WHERE company = p_company AND digest = ANY (p_digests) AND outcome = 'unknown' AND holder = ANY (gone) AND NOT p_run = ANY (lost);
	RETURN QUERY SELECT record FROM importer.rows
		WHERE company = p_company AND digest = ANY (p_digests) AND outcome = 'unknown' AND holder = p_run;
END $$;

-- reserve gives the right to one call, or says when to ask again (id is null). It is also told
-- which earlier calls ended how many seconds ago: each counts for the window after its answer.
CREATE FUNCTION importer.reserve(p_company bigint, p_gap interval, p_limit int, p_window interval, p_longest interval,
	p_ended bigint[], p_free double precision[], OUT id bigint, OUT wait double precision, OUT at double precision) LANGUAGE plpgsql AS $$
DECLARE
	q importer.quotas;
	leaves timestamptz;
BEGIN
	SELECT * INTO STRICT q FROM importer.quotas WHERE company = p_company FOR UPDATE;
	UPDATE importer.calls c SET free_at = clock_timestamp() + make_interval(secs => e.free)
		FROM unnest(p_ended, p_free) AS e(call, free) WHERE c.id = e.call;
	DELETE FROM importer.calls c WHERE c.company = p_company AND c.free_at < clock_timestamp();
	IF (SELECT count(*) FROM importer.calls c WHERE c.company = p_company) >= p_limit THEN
		at := extract(epoch FROM clock_timestamp());
		SELECT extract(epoch FROM min(c.free_at)) - at INTO wait FROM importer.calls c WHERE c.company = p_company;
		RETURN;
	END IF;
	leaves := greatest(q.next_call, q.paused_until, clock_timestamp());
	UPDATE importer.quotas SET next_call = leaves + p_gap WHERE company = p_company;
	INSERT INTO importer.calls (company, free_at) VALUES (p_company, leaves + p_longest) RETURNING calls.id INTO id;
	at := extract(epoch FROM clock_timestamp());
	wait := extract(epoch FROM leaves) - at;
END $$;

-- Views for an auditor.
CREATE VIEW importer.audit_rows AS
	SELECT c.server, c.company, w.key, w.outcome, nullif(w.office_id, '') AS office_id, w.attempts, w.book AS input, w.changed,
		w.outcome = 'unknown' AND h.ended IS NULL AND h.lease_until > clock_timestamp() AS under_way, h.host AS held_on, h.pid AS held_by
	FROM importer.rows w JOIN importer.companies c ON c.id = w.company LEFT JOIN importer.runs h ON h.id = w.holder;

CREATE VIEW importer.audit_attempts AS
	SELECT c.server, c.company, a.at, a.kind, w.key, u.host, u.pid, u.os_user, u.db_user, u.input, a.run, a.record
	FROM importer.attempts a JOIN importer.companies c ON c.id = a.company JOIN importer.runs u ON u.id = a.run
	LEFT JOIN importer.rows w ON w.company = a.company AND w.digest = a.digest;

CREATE VIEW importer.audit_runs AS
	SELECT u.id AS run, c.server, c.company, u.command, u.program, u.host, u.pid, u.os_user, u.db_user, u.input, u.input_sha256, u.started, u.ended,
		CASE WHEN u.ended IS NOT NULL THEN 'ended' WHEN u.lease_until > clock_timestamp() THEN 'at work' ELSE 'dead' END AS state, u.lapses,
		(SELECT count(*) FROM importer.attempts a WHERE a.run = u.id AND a.kind = 'begin') AS sent,
		(SELECT count(DISTINCT a.digest) FROM importer.attempts a WHERE a.run = u.id AND a.kind = 'finish' AND a.record ->> 'outcome' = 'created') AS created,
		(SELECT count(*) FROM importer.rows w WHERE w.holder = u.id AND w.outcome = 'unknown') AS unknown
	FROM importer.runs u JOIN importer.companies c ON c.id = u.company;
