-- 站内信也可以是只发给一个人的通知，不属于任何推送
ALTER TABLE inbox_message
	ALTER COLUMN campaign_id DROP NOT NULL,
	ADD COLUMN title text,
	ADD COLUMN body text,
	ADD COLUMN link text,
	ADD CONSTRAINT inbox_message_text_ck
		CHECK (num_nulls(title, body, link) = CASE WHEN campaign_id IS NULL THEN 0 ELSE 3 END);
