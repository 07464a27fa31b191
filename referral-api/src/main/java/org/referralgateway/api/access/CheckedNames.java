package org.referralgateway.api.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Says which addresses a name has, and nothing where one of them is private. The connection is made to what is said here: a
 * name is not asked for a second time, when it might answer otherwise.
 */
final class CheckedNames implements DnsResolver {

    private final DnsResolver names;

    private CheckedNames(DnsResolver names) {
        this.names = names;
    }

    /** @param privateAllowed whether private addresses may be connected to, for inner networks */
    static DnsResolver of(boolean privateAllowed) {
        return privateAllowed ? SystemDefaultDnsResolver.INSTANCE : by(SystemDefaultDnsResolver.INSTANCE);
    }

    static DnsResolver by(DnsResolver names) {
        return new CheckedNames(names);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.resolve(host);
        for (var address : addresses) {
            if (isPrivate(address)) {
                throw new UnknownHostException("No address of the open network.");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static boolean isPrivate(InetAddress ip) {
        var bytes = ip.getAddress();
        boolean isUniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean isShared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return isUniqueLocal
                || isShared
                || ip.isAnyLocalAddress()
                || ip.isLoopbackAddress()
                || ip.isLinkLocalAddress()
                || ip.isSiteLocalAddress()
                || ip.isMulticastAddress();
    }
}
