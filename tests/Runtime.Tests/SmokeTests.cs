namespace Unroll.Runtime.Tests; public class SmokeTests { [Fact] public void Runs() { } }
