package dev.darkroom.redis;

/** Prints what a fleet costs, by its size. */
final class FleetTable {

    private FleetTable() {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.out.println(new FleetSimulation(20, 20, 1)
                    .shared(Integer.parseInt(args[0]), 16)
                    .run(Integer.parseInt(args[1]), Double.parseDouble(args[2])));
            return;
        }
        for (long seed = 1; seed <= 3; seed++) {
            System.out.println(
                    "8   " + new FleetSimulation(20, 20, seed).shared(8, 16).run(200));
            System.out.println(
                    "8   " + new FleetSimulation(20, 20, seed).shared(8, 16).run(800));
            System.out.println(
                    "8   " + new FleetSimulation(20, 20, seed).shared(8, 16).run(2000));
            System.out.println(
                    "64  " + new FleetSimulation(20, 20, seed).shared(64, 4).run(800));
        }
    }
}
