-- 微信：接口用量与停用

-- 每个接口当天已领走的次数；各节点成批领取，因此略大于实际调用数。
CREATE TABLE wechat_quota_use (
    endpoint text   NOT NULL,
    day      date   NOT NULL,
    used     bigint NOT NULL,
    granted  bigint NOT NULL,
    CONSTRAINT wechat_quota_use_pk PRIMARY KEY (day, endpoint),
    CONSTRAINT wechat_quota_use_counts CHECK (used >= 0 AND granted >= 0)
);

-- 微信说“太多”之后：到 until 为止不再调用，之后到 slow_until 为止放慢。
CREATE TABLE wechat_hold (
    endpoint   text        NOT NULL,
    code       integer     NOT NULL,
    since      timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    per_minute integer,
    slow_until timestamptz NOT NULL,
    CONSTRAINT wechat_hold_pk PRIMARY KEY (endpoint),
    CONSTRAINT wechat_hold_in_order CHECK (since < until AND until <= slow_until)
);
