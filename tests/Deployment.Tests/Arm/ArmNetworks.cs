namespace Unroll.Deployment.Tests.Arm;

/// <summary>The networks that are run on Arm.</summary>
internal static class ArmNetworks
{
    private const string Classifier = """
        [Network(784)]
        [Dense(128, Activation.Relu)]
        [Dropout(0.2f)]
        [Dense(10, Activation.Softmax)]
        public sealed partial class Classifier;

        """;

    private const string Narrow = """
        [Network(2)]
        [Dense(3, Activation.Tanh)]
        [Dense(1)]
        public sealed partial class Narrow;

        """;

    private const string Odd = """
        [Network(17)]
        [Dense(17, Activation.Elu)]
        [Dense(17)]
        public sealed partial class Odd;

        """;

    // 13-64-64-1 with every activation there is, four a network.
    private static readonly Activation[][] s_groups = [.. Enum.GetValues<Activation>().Chunk(4)];

    public static string Source => Classifier + Narrow + Odd + string.Concat(s_groups.Select(static group => $"""
        [Network(13)]
        [Dense(64, Activation.{group[0]})]
        {(group.Length > 1 ? $"[Activate(Activation.{group[1]})]" : "")}
        [Dense(64{(group.Length > 2 ? $", Activation.{group[2]}" : "")})]
        {(group.Length > 3 ? $"[Activate(Activation.{group[3]})]" : "")}
        [Dense(1)]
        public sealed partial class {NameOf(group)};

        """));

    public static IEnumerable<string> Names => ["Classifier", "Narrow", "Odd", .. s_groups.Select(NameOf)];

    private static string NameOf(Activation[] group) => string.Concat(group);
}
