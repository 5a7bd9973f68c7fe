import '../../test/simulator/main.mts';
