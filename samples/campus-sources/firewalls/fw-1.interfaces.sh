# The interfaces of fw-1 and its routes, for a network namespace; veth stands for the VLANs and tunnels.
n=0
up() {
  n=$((n + 1))
  ip link add "$1" type veth peer name "far$n"
  ip link set "$1" up
  ip link set "far$n" up
  ip address add "$2" dev "$1"
}
up enp1s0.10 10.40.0.5/24
up enp1s0.30 10.40.33.250/23
up enp1s0.999 10.40.1.2/29
up enp2s0 203.0.113.2/29
up wg-elmford 10.41.255.1/30
up wg-halyard 10.40.200.1/27
ip route add default via 203.0.113.1 dev enp2s0
ip route add 10.40.0.0/16 via 10.40.1.6 dev enp1s0.999
ip route add 10.41.0.0/16 dev wg-elmford
