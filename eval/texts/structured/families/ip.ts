import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';

const v4 = (random: Random): string =>
  `${random.whole(1, 223)}.${random.whole(0, 255)}.${random.whole(0, 255)}.${random.whole(1, 254)}`;

const hex = (random: Random): string => random.whole(0, 0xffff).toString(16);

export const ip: Family = {
  category: 'O',
  kinds: {
    v4: { shaped: true, make: v4 },
    private: {
      shaped: true,
      make: (random) =>
        random.pick([
          `192.168.${random.whole(0, 255)}.${random.whole(1, 254)}`,
          `10.${random.whole(0, 255)}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
          `172.${random.whole(16, 31)}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
        ]),
    },
    port: {
      shaped: true,
      make: (random) => `${v4(random)}${random.pick([':104', ':11112', '/24', ':8080'])}`,
    },
    v6: {
      shaped: true,
      make: (random) =>
        random.pick([
          `2001:db8:${hex(random)}:${hex(random)}:${hex(random)}:${hex(random)}:${hex(random)}:${hex(random)}`,
          `2001:db8::${hex(random)}:${hex(random)}`,
          `fe80::${hex(random)}:${hex(random)}:${hex(random)}:${hex(random)}`,
          `2001:DB8:${hex(random).toUpperCase()}::8A2E:370:7334`,
          `::ffff:${v4(random)}`,
          `fd00:${hex(random)}:${hex(random)}::1`,
          `2a02:${hex(random)}:${hex(random)}:${hex(random)}::${hex(random)}/64`,
        ]),
    },
  },
  phrasings: [
    'IP address: {v}',
    'IP {v}',
    'IP: {v}',
    'ip={v}',
    'from {v}',
    'logged in from {v}',
    'Host {v}',
    'server {v} not responding',
    'PACS node {v}',
    'sent to {v} by C-STORE',
    'Portal access from {v} at 22:14.',
    'Workstation {v}',
    'client address {v}',
    'Source IP {v}',
    'gateway {v}',
    'DNS {v}',
    'Last login {v}',
    'AE title CT01 at {v}',
    'Telemetry monitor reports to {v}',
    'connection refused ({v})',
    'remote address {v}',
    'ping {v}',
    'The message was posted from {v} by the patient.',
    'IPv4/IPv6 address {v}',
    'MSH|sending host|{v}',
    'network address - {v}',
    'internet address {v}',
    'Modality IP {v}',
    'user at {v}',
    'ip addr {v}',
    'traced to {v}',
    'device at IP {v}',
  ],
};
