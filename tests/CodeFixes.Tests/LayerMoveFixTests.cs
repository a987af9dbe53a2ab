namespace Unroll.CodeFixes.Tests;

/// <summary>UNR0013.</summary>
public class LayerMoveFixTests
{
    [Fact]
    public Task MovesLayersOfOtherFiles() => Fixing.Gives(
        new LayerMoveFix(),
        "UNR0013",
        [
            """
            [Network(4)]
            [Dense(16, Activation.Relu)]
            public sealed partial class Net;
            """,
            """
            [System.Serializable]
            [Dense(8)]
            [Dropout(0.1f), Dense(3)]
            public sealed partial class Net
            {
            }
            """,
        ],
        [
            """
            [Network(4)]
            [Dense(16, Activation.Relu)]
            [Dense(8)]
            [Dropout(0.1f)]
            [Dense(3)]
            public sealed partial class Net;
            """,
            """
            [System.Serializable]
            public sealed partial class Net
            {
            }
            """,
        ]);

    [Fact]
    public Task MovesLayersWithinAFile() => Fixing.Gives(
        new LayerMoveFix(),
        "UNR0013",
        "[Network(2)] [Dense(4)] partial class Net; [Dense(1), System.Serializable] partial class Net;",
        "[Network(2)] [Dense(4)][Dense(1)] partial class Net; [System.Serializable] partial class Net;");
}
