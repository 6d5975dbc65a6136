package cn.qingfeng.push.publication;

import cn.qingfeng.push.Publication;

/**
 * How far a publication got, apart from whether it is wanted.
 */
enum StoredState {

	SUBMITTING, SUBMITTED, PUBLISHED, REFUSED, DOUBTFUL, WITHDRAWN;

	Publication.State shown(boolean unwanted) {
		return switch (this) {
			case SUBMITTING -> unwanted ? Publication.State.WITHDRAWING : Publication.State.SUBMITTING;
			case SUBMITTED -> unwanted ? Publication.State.WITHDRAWING : Publication.State.SUBMITTED;
			case PUBLISHED -> unwanted ? Publication.State.WITHDRAWING : Publication.State.PUBLISHED;
			case REFUSED -> Publication.State.REFUSED;
			case DOUBTFUL -> Publication.State.DOUBTFUL;
			case WITHDRAWN -> Publication.State.WITHDRAWN;
		};
	}

}
