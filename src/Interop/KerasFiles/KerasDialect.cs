namespace Unroll.Interop.KerasFiles;

/// <summary>What a configuration means depends on what wrote it.</summary>
internal enum KerasDialect
{
    /// <summary>A <c>.keras</c> file: layers name their modules.</summary>
    Keras3,

    /// <summary>An <c>.h5</c> file of Keras 3: its meanings in the form of Keras 2.</summary>
    Keras3Legacy,

    /// <summary>Keras 2: <c>hard_sigmoid</c> is clip(0.2x + ½, 0, 1).</summary>
    Keras2,

    /// <summary>TensorFlow.js: as Keras 2, but that bilinear upsampling has no half-pixel centres.</summary>
    TensorFlowJs,
}
