#!/bin/sh
set -e
echo "starting gateway in mode $TRADING_MODE"
python gateway.py --drain-seconds 30
