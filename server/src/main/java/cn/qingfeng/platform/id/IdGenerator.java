package cn.qingfeng.platform.id;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import org.springframework.stereotype.Component;

/**
 * Ids of rows: UUIDs of version 7, ordered by time, so that an index grows at one end.
 * They order by the machine's clock, not by the business clock, and are no secrets.
 */
@Component
public class IdGenerator {

	private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator(random());

	public UUID next() {
		return this.generator.generate();
	}

	/** Seeded once; asks the operating system no more, so it never blocks. */
	private static SecureRandom random() {
		try {
			return SecureRandom.getInstance("DRBG");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has DRBG", ex);
		}
	}

}
