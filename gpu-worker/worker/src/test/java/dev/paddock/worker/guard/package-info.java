/** Tests of the starter guard's recipe. */
package dev.paddock.worker.guard;
