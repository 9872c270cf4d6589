"""The trained network as a folder that Hugging Face's transformers loads.

    python -m lab.training.neural.transformers CHECKPOINT FOLDER

So that other programs can be given our float32 weights and compared with askdoc on equal terms:
`AutoModelForQuestionAnswering` and `AutoTokenizer` load the folder without a network. The head that
tells whether a window answers at all has no place in a `BertForQuestionAnswering` and is left out.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from askdoc.read.network import VOCABULARY as VOCABULARY_FILE
from lab.training.neural.encoder import (
    EMBEDDINGS,
    HEADS,
    INNER,
    LAYERS,
    PARTS,
    POSITIONS,
    VOCABULARY,
    WIDTH,
)
from lab.training.neural.texts import base_folder, tokenizer

_ATTENDING = ("query", "key", "value")
_CONFIG = {
    "architectures": ["BertForQuestionAnswering"],
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": WIDTH,
    "intermediate_size": INNER,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": POSITIONS,
    "num_attention_heads": HEADS,
    "num_hidden_layers": LAYERS,
    "pad_token_id": 0,
    "type_vocab_size": 2,
    "vocab_size": VOCABULARY,
}
_TOKENIZER = {
    "tokenizer_class": "BertTokenizer",
    "do_lower_case": True,
    "model_max_length": POSITIONS,
    "cls_token": "[CLS]",
    "mask_token": "[MASK]",
    "pad_token": "[PAD]",
    "sep_token": "[SEP]",
    "unk_token": "[UNK]",
}


def to_bert(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A network's weights under the names that a `BertForQuestionAnswering` has for them.

    Raises:
        KeyError: a weight is missing.
    """
    named = {
        f"bert.embeddings.{theirs}": weights[f"encoder.{ours}"]
        for ours, theirs in EMBEDDINGS.items()
    }
    for number in range(LAYERS):
        ours_at, theirs_at = f"encoder.layers.{number}", f"bert.encoder.layer.{number}"
        for kind in ("weight", "bias"):
            joined = weights[f"{ours_at}.qkv.{kind}"]
            for part, value in zip(_ATTENDING, joined.chunk(len(_ATTENDING)), strict=True):
                named[f"{theirs_at}.attention.self.{part}.{kind}"] = value
            for ours, theirs in PARTS.items():
                named[f"{theirs_at}.{theirs}.{kind}"] = weights[f"{ours_at}.{ours}.{kind}"]
    for kind in ("weight", "bias"):
        named[f"qa_outputs.{kind}"] = weights[f"spans.{kind}"]
    return {name: value.float().contiguous() for name, value in named.items()}


def write(weights: Mapping[str, Tensor], folder: Path) -> None:
    """Write the network and its tokenizer to a folder, which is made if need be.

    Raises:
        KeyError: a weight is missing.
        OSError: the folder cannot be written.
        SystemExit: the package with the vocabulary is not installed.
    """
    from safetensors.torch import save_file

    named = to_bert(weights)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(named, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer().save(str(folder / "tokenizer.json"))
    shutil.copyfile(base_folder() / VOCABULARY_FILE, folder / VOCABULARY_FILE)
    for name, content in (("config.json", _CONFIG), ("tokenizer_config.json", _TOKENIZER)):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 written, 2 an error."""
    parser = argparse.ArgumentParser(
        "python -m lab.training.neural.transformers", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT", help="an averaged.pt")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to write")
    options = parser.parse_args(argv)
    try:
        write(torch.load(options.checkpoint, "cpu", weights_only=True), options.folder)
    except OSError as error:
        message = f"{error.strerror}: {error.filename}. Name another."
    except (KeyError, TypeError, RuntimeError, EOFError, pickle.UnpicklingError):
        message = f"no weights of the reader: {options.checkpoint}. Name a stage's averaged.pt."
    else:
        print(f"Written: {options.folder}")
        return 0
    print(f"lab.training.neural.transformers: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
