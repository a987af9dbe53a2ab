namespace Unroll.Numerics.Tests; public class SmokeTests { [Fact] public void Runs() { } }
