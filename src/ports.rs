//! What a TCP port number alone tells of who listens there.

/// How likely a server listens at a port: the higher of two is the likelier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Standing {
    /// FTP's data port, from which the server itself opens connections (RFC 959
    /// §3.2).
    Opener,
    /// What systems give to clients: 32768 and up. IANA's dynamic ports begin at
    /// 49152 (RFC 6335 §6), Linux's at 32768.
    Ephemeral,
    /// Below those, and of no service that is known here.
    Registered,
    /// 512 to 1023 and of no such service: clients that have to show that they run
    /// with privileges, as those of NFS and rsh do, are given these, too.
    Reserved,
    /// From 1024 on, and of a service.
    Service,
    /// Below 1024 (RFC 6335 §6) and of a service, or below 512.
    WellKnown,
}

impl Standing {
    /// That of a port.
    #[must_use]
    pub fn of(port: u16) -> Self {
        let is_service = || SERVICES.binary_search(&port).is_ok();
        match port {
            20 | 989 => Self::Opener,
            ..512 => Self::WellKnown,
            512..1024 if is_service() => Self::WellKnown,
            512..1024 => Self::Reserved,
            1024.. if is_service() => Self::Service,
            6_000..6_064 => Self::Service,
            1024..32_768 => Self::Registered,
            32_768.. => Self::Ephemeral,
        }
    }
}

/// Ports from 512 on at which IANA's registry (RFC 6335) or long use has a service
/// that runs over TCP, the common ones; ascending. X11 has a range and is not here.
const SERVICES: [u16; 90] = [
    // rexec, rlogin, rsh, printers, Kerberos, AFP, RTSP, NNTP, mail.
    512, 513, 514, 515, 543, 544, 548, 554, 563, 587, 593,
    // IPP, LDAP, LDP, Kerberos, DNS, iSCSI, rsync, VMware, FTP, Telnet, mail.
    631, 636, 646, 749, 853, 860, 873, 902, 990, 992, 993, 995,
    // SOCKS, Java RMI, OpenVPN, Notes, SQL Server, Oracle, PPTP, MQTT, RTMP.
    1080, 1099, 1194, 1352, 1433, 1521, 1720, 1723, 1883, 1935,
    // SCCP, NFS, cPanel, ZooKeeper, Docker, etcd, IEC 60870-5-104.
    2000, 2049, 2083, 2181, 2375, 2376, 2379, 2380, 2404,
    // Squid, iSCSI, Active Directory, MySQL, STUN, RDP, Subversion, Diameter.
    3128, 3260, 3268, 3269, 3306, 3389, 3478, 3690, 3868,
    // EPMD, OPC UA, SIP, XMPP, PostgreSQL, AMQP, VNC, WinRM.
    4369, 4840, 5060, 5061, 5222, 5223, 5269, 5432, 5671, 5672, 5900, 5985, 5986,
    // Redis, Kubernetes, IRC.
    6379, 6443, 6667, 6697, // HTTP beside its own port, MQTT.
    8000, 8008, 8009, 8080, 8081, 8086, 8443, 8883, 8888,
    // Cassandra, Prometheus, Kafka, raw printing, Elasticsearch, git.
    9042, 9090, 9092, 9100, 9200, 9300, 9418,
    // Kubernetes, memcached, DNP3, Minecraft, MongoDB, EtherNet/IP.
    10_250, 11_211, 20_000, 25_565, 27_017, 44_818,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_ascend() {
        assert!(SERVICES.is_sorted_by(|one, next| one < next));
        assert!(SERVICES.iter().all(|&port| port >= 512));
    }

    #[test]
    fn each_port_has_its_standing() {
        use Standing::{Ephemeral, Opener, Registered, Reserved, Service, WellKnown};
        for (standing, ports) in [
            (Opener, &[20, 989][..]),
            (Ephemeral, &[32_768, 40_000, 49_152, 60_999, 65_535]),
            (Registered, &[1024, 4_444, 5_999, 6_064, 9_000, 32_767]),
            (Reserved, &[516, 700, 1023]),
            (Service, &[2_049, 3_306, 6_000, 6_063, 8_080, 44_818]),
            (WellKnown, &[0, 21, 80, 511, 514, 993]),
        ] {
            for &port in ports {
                assert_eq!(Standing::of(port), standing, "{port}");
            }
        }
    }

    #[test]
    fn the_likelier_of_two_stands_higher() {
        for (server, client) in [
            (80, 50_000),
            (80, 3_306),
            (9_000, 40_000),
            (8_080, 1_025),
            // NFS and rsh from a reserved port.
            (2_049, 800),
            (514, 1_022),
            (700, 1_500),
            // FTP's server has opened the connection.
            (50_000, 20),
            (44_818, 2_222),
        ] {
            let [server, client] = [server, client].map(Standing::of);
            assert!(server > client, "{server:?} {client:?}");
        }
    }
}
