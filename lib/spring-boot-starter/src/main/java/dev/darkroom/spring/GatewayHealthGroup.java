package dev.darkroom.spring;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Gives the gateways a health group of their own, {@value #NAME}, and takes them out of the application's: who runs it must not
 * take it from service because somebody else's is down. A group of the application's that names them has them as well.
 */
final class GatewayHealthGroup implements HealthEndpointGroupsPostProcessor {

    static final String NAME = "darkroom";

    /** Not the group's name, which would then lead to two things. */
    static final String CONTRIBUTOR = "imageGateways";

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        return new Groups(groups);
    }

    private static boolean isGateway(String contributor) {
        return contributor.equals(CONTRIBUTOR) || contributor.startsWith(CONTRIBUTOR + "/");
    }

    /** The same group each time it is asked for: Spring Boot knows the application's by its identity. */
    private static final class Groups implements HealthEndpointGroups {

        private final HealthEndpointGroups others;
        private final HealthEndpointGroup primary;
        private final HealthEndpointGroup gateways;

        Groups(HealthEndpointGroups others) {
            this.others = others;
            this.primary = new Part(others.getPrimary(), false);
            this.gateways = new Part(others.getPrimary(), true);
        }

        @Override
        public HealthEndpointGroup getPrimary() {
            return primary;
        }

        @Override
        public Set<String> getNames() {
            var names = new LinkedHashSet<>(others.getNames());
            names.add(NAME);
            return names;
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            var group = others.get(name);
            return group == null && name.equals(NAME) ? gateways : group;
        }
    }

    /** What is alike in both: who sees what, and which status is which code. */
    private record Part(HealthEndpointGroup whole, boolean ofGateways) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return isGateway(name) == ofGateways && whole.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext security) {
            return whole.showComponents(security);
        }

        @Override
        public boolean showDetails(SecurityContext security) {
            return whole.showDetails(security);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return whole.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return whole.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return ofGateways ? null : whole.getAdditionalPath();
        }
    }
}
