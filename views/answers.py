"""Streamlit's answers to the browser, kept when a run begins: with one of them it would lose a file without a word."""

from functools import cache
from typing import Any

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

# What the browser waits for beside the page: where to send a file, and where a file to download lies.
ANSWERS = {"file_urls_response", "backend_operation_response"}


@cache
def keep_answers() -> None:
    """Makes a run that begins leave the answers that wait to be sent.

    A run makes the elements of the former run obsolete, so Streamlit empties what it has not sent yet. In 1.67 that takes
    answers along: the browser then waits for ever, and the file that was handed over just before is nowhere. The queue
    has no setting for that (streamlit/streamlit#17030 reports it for another answer), so its method is put into another one.
    """
    clear = ForwardMsgQueue.clear

    def clear_all_but_answers(queue: Any, retain_lifecycle_msgs: bool = False, *args: Any, **options: Any) -> None:
        waiting = [one for one in queue._queue if one.WhichOneof("type") in ANSWERS] if retain_lifecycle_msgs else []
        clear(queue, retain_lifecycle_msgs, *args, **options)
        queue._queue += [one for one in waiting if one not in queue._queue]

    ForwardMsgQueue.clear = clear_all_but_answers
