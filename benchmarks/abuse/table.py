"""All situations, in the order of the issue that they closed."""

from dataclasses import replace

from benchmarks.abuse import crowds, files, floods, trainings
from benchmarks.abuse.situation import Situation
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec

_LARGEST = RunSpec(
    NetworkSpec(tuple(HiddenLayer(512, "relu") for _ in range(4))),
    TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=1000, epochs=1),
    PrepSpec(data_share=0.01),
)
_CNN = replace(PRESETS["Small CNN"], preparation=PrepSpec(data_share=0.01))

SITUATIONS = (
    Situation("nothing", "does nothing", "", crowds.nothing),
    Situation(
        "canvas-size",
        "sends a forged canvas value of 13,300 x 13,300 pixels",
        "244 -> 4,007 MB, pages 420 ms",
        files.huge_canvas,
        prepare=files.huge_drawing,
    ),
    Situation(
        "canvas-program",
        "sends PostScript as a canvas value",
        "Ghostscript started 21 times",
        files.canvas_program,
    ),
    Situation(
        "thin-network",
        "asks for the gradient of a convolution of 1 x 1 with strides",
        "the worker aborts, a drawing takes 9.9 to 23.7 s",
        files.thin_network,
        prepare=files.thin_file,
    ),
    Situation(
        "large-runs",
        "trains the largest network 20 times",
        "298 kept runs of everybody became 52",
        trainings.large_runs,
        (_LARGEST,),
    ),
    Situation(
        "five-seeds",
        "is a class that presses five seeds",
        "16 of 30 refused, a newcomer kept out for 31 s",
        crowds.five_seeds,
    ),
    Situation(
        "reloads",
        "reloads `?run=` of a large run 128 times",
        "289 -> 2,906 MB",
        crowds.reloads,
        (_LARGEST,),
    ),
    Situation(
        "uploads",
        "sends 25 files of 39 MB to a page without an uploader",
        "1,025 MB more",
        floods.files,
    ),
    Situation(
        "deep-uploads",
        "uploads a 25-megapixel PNG of 16 bits in 8 sessions",
        "244 -> 2,417 MB, pages 1,248 ms",
        files.deep_uploads,
        prepare=files.deep_picture,
    ),
    Situation(
        "replay-steps",
        "steps through Replay of 30 CNNs in 30 sessions",
        "a drawing takes 30 s",
        crowds.replay_steps,
        tuple(_CNN.with_seed(seed) for seed in range(crowds.CLASS)),
    ),
    Situation(
        "replay-class",
        "is a class that steps through Replay of its teacher's CNN",
        "a drawing takes 30 s",
        crowds.replay_steps,
        (_CNN,),
    ),
    Situation(
        "idle-pages",
        "opens 250 pages and leaves them, at 1,024 open files",
        "newcomers time out, 104 MB of log a minute",
        floods.idle_pages,
        open_files=1024,
    ),
    Situation(
        "messages",
        "asks for runs of a page as quickly as it can for 15 s",
        "another's page does not answer for 60 s",
        floods.flood,
    ),
    Situation(
        "slow-epochs",
        "trains a network whose epoch takes 29 s",
        "a newcomer waits 21 to 33 s",
        trainings.slow_epochs,
    ),
    Situation(
        "hung-worker",
        "is in luck: the training worker hangs",
        "it is never replaced",
        trainings.hung_worker,
    ),
    Situation(
        "sessions",
        "opens 300 sessions",
        "held",
        crowds.many_sessions,
    ),
)
