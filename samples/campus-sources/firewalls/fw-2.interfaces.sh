# The interfaces of fw-2 and its routes, for a network namespace; veth stands for the VLANs.
n=0
up() {
  n=$((n + 1))
  ip link add "$1" type veth peer name "far$n"
  ip link set "$1" up
  ip link set "far$n" up
  ip address add "$2" dev "$1"
}
up enp1s0.10 10.40.0.6/24
up enp1s0.999 10.40.1.3/29
up enp2s0 198.51.100.2/29
ip route add default via 198.51.100.1 dev enp2s0
ip route add 10.40.0.0/16 via 10.40.1.6 dev enp1s0.999
