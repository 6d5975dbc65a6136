-- 订阅授权：每个人对每个模板还剩几次；一次性授权每次同意加一，发送一次减一

CREATE TABLE subscription_consent (
	account text NOT NULL CONSTRAINT subscription_consent_account CHECK (account IN ('MP', 'MINI_PROGRAM')),
	openid text NOT NULL,
	template_id text NOT NULL,
	grants integer NOT NULL DEFAULT 0 CONSTRAINT subscription_consent_grants CHECK (grants >= 0),
	granted_at timestamptz,
	withdrawn_at timestamptz,
	answer text NOT NULL CONSTRAINT subscription_consent_answer CHECK (answer IN ('ACCEPT', 'REJECT')),
	answered_at timestamptz NOT NULL,
	CONSTRAINT subscription_consent_pk PRIMARY KEY (openid, template_id, account)
);

ALTER TABLE delivery DROP CONSTRAINT delivery_channel;
ALTER TABLE delivery ADD CONSTRAINT delivery_channel
	CHECK (channel IN ('MASS_ARTICLE', 'TEMPLATE_MESSAGE', 'SUBSCRIPTION_MESSAGE', 'INBOX'));

CREATE INDEX delivery_notice_to_send ON delivery (due_at)
	WHERE channel IN ('TEMPLATE_MESSAGE', 'SUBSCRIPTION_MESSAGE') AND state IN ('PLANNED', 'SENDING');
DROP INDEX delivery_to_send;

-- WeChat does not always tell the id that its receipt will quote.
CREATE INDEX delivery_awaiting_unnamed_receipt ON delivery (openid)
	WHERE channel = 'SUBSCRIPTION_MESSAGE' AND state = 'ACCEPTED' AND msg_id IS NULL;
