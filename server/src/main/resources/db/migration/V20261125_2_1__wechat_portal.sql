-- 微信：自动回复、菜单、提醒

-- 回复随回调一同记下：微信重发时得到同样的回复。
ALTER TABLE wechat_inbox
    ADD COLUMN reply text,
    ADD COLUMN to_staff boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN wechat_inbox.to_staff IS '转人工客服';

-- 自动回复整套一行：人改过以后，起始内容不再覆盖。
CREATE TABLE wechat_reply_book (
    name       text        NOT NULL,
    content    jsonb       NOT NULL,
    version    bigint      NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wechat_reply_book_pk PRIMARY KEY (name),
    CONSTRAINT wechat_reply_book_only_one CHECK (name = 'current')
);

-- 菜单草稿整份一行；published_version 是最近一次交给微信的版本。
CREATE TABLE wechat_menu (
    name              text        NOT NULL,
    content           jsonb       NOT NULL,
    version           bigint      NOT NULL DEFAULT 1,
    updated_at        timestamptz NOT NULL DEFAULT now(),
    published_version bigint,
    published_at      timestamptz,
    CONSTRAINT wechat_menu_pk PRIMARY KEY (name),
    CONSTRAINT wechat_menu_only_one CHECK (name = 'current'),
    CONSTRAINT wechat_menu_published CHECK ((published_version IS NULL) = (published_at IS NULL))
);

-- 微信告知账号本身的事（认证到期、审核未过等），供管理员查看；不含用户信息。
CREATE TABLE wechat_alarm (
    id          uuid        NOT NULL,
    account     text        NOT NULL,
    kind        text        NOT NULL,
    grave       boolean     NOT NULL,
    detail      text        NOT NULL,
    happened_at timestamptz NOT NULL,
    noted_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wechat_alarm_pk PRIMARY KEY (id),
    CONSTRAINT wechat_alarm_account_known CHECK (account IN ('MP', 'MINI_PROGRAM'))
);

CREATE INDEX wechat_alarm_newest ON wechat_alarm (noted_at DESC, id DESC);
