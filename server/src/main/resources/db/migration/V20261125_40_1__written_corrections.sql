-- 答案更正也可以换掉填空题、简答题的写法与分值；留下更正前的写法，以及更正前是否为全员答对。

ALTER TABLE quiz_corrections
	ADD COLUMN parts                     jsonb   NOT NULL DEFAULT '[]', -- 更正后的各空或关键词，同 questions.parts
	ADD COLUMN previous_parts            jsonb   NOT NULL DEFAULT '[]', -- 更正前的
	ADD COLUMN previously_everyone_right boolean NOT NULL DEFAULT false,
	DROP CONSTRAINT quiz_corrections_meaning,
	ADD CONSTRAINT quiz_corrections_meaning
		CHECK ((options > 0)::int + (jsonb_array_length(parts) > 0)::int + everyone_right::int = 1);
