package cn.rules.violations;

/** Named after what it is not. */
public abstract class AbstractThing {

}
