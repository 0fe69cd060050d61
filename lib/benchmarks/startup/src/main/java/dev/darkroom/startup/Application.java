package dev.darkroom.startup;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with a web server and an actuator, which prints when it was ready, and ends. */
@SpringBootApplication
class Application {

    static final String READY = "READY";

    public static void main(String[] args) {
        var context = SpringApplication.run(Application.class, args);
        var ready = System.currentTimeMillis(); // before anything is loaded in order to ask
        var spent = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        var uptime = ready - ManagementFactory.getRuntimeMXBean().getStartTime();
        var clients = Arrays.stream(context.getBeanDefinitionNames())
                .filter("imageClient"::equals)
                .count();
        System.out.println(READY + " " + uptime + " " + spent.toMillis() + " " + clients);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
