namespace Unroll.Data.Tests; public class SmokeTests { [Fact] public void Runs() { } }
