"""Train spaCy's convolutional parser on the same treebanks, to measure ours beside it:
python -m tools.parser.convolutional DATA OUT [--epochs 6].

Width 96, four layers, hashed words, prefixes, suffixes and shapes (Honnibal and others, 2020), with a transition-based
parser that sets sentence starts too; no pretrained vectors. OUT becomes a pipeline for ``bench --beside OUT``.
"""

import argparse
import random
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from kg.sentences.words import tokenizer
from tools.parser.treebank import TRAIN, Sentence, documents

LONGEST, BATCH = 12, 24  # sentences to a document, documents to a batch
EMBEDDING = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 96,
    "depth": 4,
    "embed_size": 4000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
PARSER = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "parser",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": LISTENER,
}


def document_of(sentences: list[Sentence], vocab: spacy.vocab.Vocab) -> Doc:
    """A paragraph with its trees; the heads of spaCy count in the document, a root's is its own."""
    words = [word for sentence in sentences for word in sentence]
    heads, offset = [], 0
    for sentence in sentences:
        heads += [offset + (word.head - 1 if word.head else place) for place, word in enumerate(sentence)]
        offset += len(sentence)
    starts = [place == 0 for sentence in sentences for place in range(len(sentence))]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        heads=heads,
        deps=[word.deprel if word.head else "ROOT" for word in words],
        sent_starts=starts,
    )


def train(data: Path, out: Path, *, epochs: int) -> None:
    """Train and save the pipeline."""
    fix_random_seed(0)
    chance = random.Random(0)
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer()
    nlp.add_pipe("tok2vec", config={"model": EMBEDDING})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": LISTENER}})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": LISTENER}})
    nlp.add_pipe("parser", config={"model": PARSER, "min_action_freq": 10})
    examples = []
    for paragraph in documents(data / path for path in TRAIN):
        for start in range(0, len(paragraph), LONGEST):
            gold = document_of(paragraph[start : start + LONGEST], nlp.vocab)
            plain = Doc(nlp.vocab, words=[token.text for token in gold], spaces=[bool(token.whitespace_) for token in gold])
            examples.append(Example(plain, gold))
    optimiser = nlp.initialize(lambda: examples)
    for epoch in range(epochs):
        chance.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, BATCH):
            nlp.update(batch, sgd=optimiser, losses=losses, drop=0.1)
        print(f"epoch {epoch} {losses}", flush=True)
        with nlp.use_params(optimiser.averages):
            nlp.to_disk(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    arguments = parser.parse_args()
    train(arguments.data, arguments.out, epochs=arguments.epochs)
