-- 提醒：放假安排（数据）、规则、信件模板、由规则生成的信件

CREATE TABLE statutory_period (
	year integer NOT NULL,
	name text NOT NULL,
	holidays text[] NOT NULL,
	from_day date NOT NULL,
	to_day date NOT NULL,
	CONSTRAINT statutory_period_pk PRIMARY KEY (year, name),
	CONSTRAINT statutory_period_order CHECK (from_day <= to_day)
);

CREATE TABLE letter_template (
	key text CONSTRAINT letter_template_pk PRIMARY KEY,
	column_key text NOT NULL,
	title text NOT NULL,
	summary text NOT NULL,
	author text,
	markdown text NOT NULL,
	sources text[] NOT NULL
);

CREATE TABLE reminder_rule (
	id uuid CONSTRAINT reminder_rule_pk PRIMARY KEY,
	key text NOT NULL CONSTRAINT reminder_rule_key UNIQUE,
	name text NOT NULL,
	holiday text NOT NULL,
	days_before integer NOT NULL CONSTRAINT reminder_rule_before CHECK (days_before BETWEEN 0 AND 30),
	send_at time NOT NULL,
	letter_key text NOT NULL CONSTRAINT reminder_rule_letter REFERENCES letter_template,
	enabled boolean NOT NULL DEFAULT true
);

CREATE TABLE letter (
	id uuid CONSTRAINT letter_pk PRIMARY KEY,
	rule_id uuid NOT NULL CONSTRAINT letter_of_rule REFERENCES reminder_rule,
	holiday text NOT NULL,
	holiday_date date NOT NULL,
	due_at timestamptz NOT NULL,
	title text NOT NULL,
	summary text NOT NULL,
	article_id uuid NOT NULL CONSTRAINT letter_article UNIQUE,
	campaign_id uuid,
	author_id uuid NOT NULL,
	created_at timestamptz NOT NULL,
	CONSTRAINT letter_once UNIQUE (rule_id, holiday_date)
);

CREATE INDEX letter_newest ON letter (created_at DESC, id DESC);
