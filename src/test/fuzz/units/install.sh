#!/bin/bash
DIR=$(cd "$(dirname "$0")" && pwd)
cat > /etc/systemd/system/trader.service << 'EOF'
[Unit]
Description=Trader
[Service]
WorkingDirectory=/opt/desk
ExecStart=/opt/desk/bin/gateway.sh
Restart=always
RestartSec=10
[Install]
WantedBy=multi-user.target
EOF
sudo tee /etc/systemd/system/trader.timer >/dev/null <<-END
	[Timer]
	OnCalendar=Mon..Fri 09:00
	END
systemctl enable --now trader.service
