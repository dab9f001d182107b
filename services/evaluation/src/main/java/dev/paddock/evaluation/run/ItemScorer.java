package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.suite.Item;
import java.util.List;

/** Puts items to a model by one protocol. */
interface ItemScorer {
    List<Answer> score(ModelReference model, List<Item> items);
}
