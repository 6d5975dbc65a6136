-- 微信：回调收件箱与能力开关

-- 每条回调只收一次；正文只在无法识别时留存，供人查看。
CREATE TABLE wechat_inbox (
    id          uuid        NOT NULL,
    account     text        NOT NULL,
    dedupe_key  bytea       NOT NULL,
    kind        text        NOT NULL,
    quarantined text,
    received_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wechat_inbox_pk PRIMARY KEY (id),
    CONSTRAINT wechat_inbox_once UNIQUE (account, dedupe_key),
    CONSTRAINT wechat_inbox_account_known CHECK (account IN ('MP', 'MINI_PROGRAM'))
);

CREATE INDEX wechat_inbox_received_at ON wechat_inbox (received_at);

-- 微信答复 48001 的能力：整项关闭，到时再试。
CREATE TABLE wechat_capability_off (
    capability text        NOT NULL,
    code       integer     NOT NULL,
    reason     text        NOT NULL,
    rid        text        NOT NULL,
    since      timestamptz NOT NULL,
    retry_at   timestamptz NOT NULL,
    CONSTRAINT wechat_capability_off_pk PRIMARY KEY (capability)
);
