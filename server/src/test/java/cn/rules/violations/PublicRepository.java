package cn.rules.violations;

import java.util.UUID;

import org.springframework.data.repository.reactive.ReactiveCrudRepository;

/** A repository for everybody. */
public interface PublicRepository extends ReactiveCrudRepository<PublicRepository.Row, UUID> {

	/** A row. */
	record Row(UUID id) {

	}

}
