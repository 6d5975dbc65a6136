/**
 * Banks of questions with their keys, read and kept by staff only: written at a screen,
 * imported or seeded, each resting on an edition of a document. A question whose edition
 * is superseded waits to be confirmed; new rounds draw neither it nor a withdrawn one.
 */
@NullMarked
package cn.qingfeng.quiz.bank;

import org.jspecify.annotations.NullMarked;
