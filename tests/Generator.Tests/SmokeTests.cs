namespace Unroll.Generator.Tests; public class SmokeTests { [Fact] public void Runs() { } }
