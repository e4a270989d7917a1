#!/bin/bash
python -m desk.gateway "$@"
