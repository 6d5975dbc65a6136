-- 名册导入的进度：读了多少行、要写多少行
ALTER TABLE member_import
	ADD COLUMN rows_read integer NOT NULL DEFAULT 0,
	ADD COLUMN rows_to_write integer NOT NULL DEFAULT 0;

UPDATE member_import SET rows_read = added + changed + unchanged + faulty, rows_to_write = added + changed;
